using Microsoft.Extensions.Logging;

namespace DotNetty.Common.Internal.Logging;

/// <summary>
/// The default factory: it has no providers until the application adds some, and hands each entry to all of them. What is logged at which
/// level is for the providers. Loggers follow providers added later.
/// </summary>
internal sealed class ProviderLoggerFactory : ILoggerFactory
{
    private readonly Lock _lock = new();
    private ILoggerProvider[] _providers = [];

    internal ILoggerProvider[] Providers => Volatile.Read(ref _providers);

    public void AddProvider(ILoggerProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        lock (_lock)
            Volatile.Write(ref _providers, [.. _providers, provider]);
    }

    public ILogger CreateLogger(string categoryName) => new ProviderLogger(this, categoryName);

    /// <summary>Disposes the providers and goes on without any.</summary>
    public void Dispose()
    {
        ILoggerProvider[] providers;
        lock (_lock)
            (providers, _providers) = (_providers, []);

        foreach (var provider in providers)
            provider.Dispose();
    }
}
