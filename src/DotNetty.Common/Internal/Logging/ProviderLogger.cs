using Microsoft.Extensions.Logging;

namespace DotNetty.Common.Internal.Logging;

/// <summary>Hands each entry to a logger of every provider that its factory has at that moment.</summary>
internal sealed class ProviderLogger(ProviderLoggerFactory factory, string category) : ILogger
{
    private Binding _binding = new([], []);

    private ILogger[] Targets
    {
        get
        {
            var providers = factory.Providers;
            var binding = Volatile.Read(ref _binding);
            if (binding.Providers != providers)
            {
                binding = new Binding(providers, Array.ConvertAll(providers, provider => provider.CreateLogger(category)));
                Volatile.Write(ref _binding, binding);
            }

            return binding.Loggers;
        }
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        foreach (var target in Targets)
        {
            if (target.IsEnabled(logLevel))
                return true;
        }

        return false;
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        foreach (var target in Targets)
        {
            if (target.IsEnabled(logLevel))
                target.Log(logLevel, eventId, state, exception, formatter);
        }
    }

    /// <summary>The runtime opens no scopes.</summary>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    private sealed record Binding(ILoggerProvider[] Providers, ILogger[] Loggers);
}
