using Microsoft.Extensions.Logging;

namespace EsockdNetty.HostileHost;

/// <summary>Writes warnings and worse to the standard error: the level, then the rest. A task that failed and that nobody looked at is an error, too.</summary>
internal sealed class StandardErrorLog : ILoggerFactory, ILogger
{
    public StandardErrorLog() => TaskScheduler.UnobservedTaskException += Tell;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Console.Error.WriteLine($"{logLevel}: {formatter(state, exception)} {exception}");
    }

    public void Dispose() => TaskScheduler.UnobservedTaskException -= Tell;

    private static void Tell(object? sender, UnobservedTaskExceptionEventArgs args) =>
        Console.Error.WriteLine($"{LogLevel.Error}: nobody looked at {args.Exception}");
}
