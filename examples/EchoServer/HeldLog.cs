using Microsoft.Extensions.Logging;

namespace EchoServer;

/// <summary>Keeps what is logged until the server stands: a start that fails says one line, what was wrong, and nothing else.</summary>
internal sealed class HeldLog(ILoggerFactory log) : ILoggerFactory
{
    private readonly Lock _lock = new();
    private Queue<Action>? _held = new();

    public ILogger CreateLogger(string categoryName) => new HeldLogger(this, log.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => log.AddProvider(provider);

    /// <summary>Writes what was held, and from now on everything at once.</summary>
    public void Release()
    {
        lock (_lock)
        {
            foreach (Action write in _held ?? [])
                write();
            Volatile.Write(ref _held, null);
        }
    }

    public void Dispose() => log.Dispose();

    private bool Hold(Action write)
    {
        lock (_lock)
        {
            _held?.Enqueue(write);
            return _held is not null;
        }
    }

    private sealed class HeldLogger(HeldLog owner, ILogger log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Volatile.Read(ref owner._held) is null || !owner.Hold(() => log.Log(logLevel, eventId, state, exception, formatter)))
                log.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
