using Microsoft.Extensions.Logging;

namespace DotNetty.Common.Internal.Logging;

/// <summary>Writes what is logged as events; <see cref="LogLevel.Critical"/> is an error there.</summary>
internal sealed class EventSourceLogger(string name) : ILogger
{
    private static readonly DefaultEventSource Target = DefaultEventSource.Log;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel switch
    {
        LogLevel.Trace => Target.IsTraceEnabled,
        LogLevel.Debug => Target.IsDebugEnabled,
        LogLevel.Information => Target.IsInfoEnabled,
        LogLevel.Warning => Target.IsWarningEnabled,
        LogLevel.Error or LogLevel.Critical => Target.IsErrorEnabled,
        _ => false,
    };

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (IsEnabled(logLevel))
            Write(logLevel, formatter(state, exception), exception);
    }

    private void Write(LogLevel level, string message, Exception? exception)
    {
        switch (level)
        {
            case LogLevel.Trace:
                Target.Trace(name, message, exception);
                break;
            case LogLevel.Debug:
                Target.Debug(name, message, exception);
                break;
            case LogLevel.Information:
                Target.Info(name, message, exception);
                break;
            case LogLevel.Warning:
                Target.Warning(name, message, exception);
                break;
            default:
                Target.Error(name, message, exception);
                break;
        }
    }
}
