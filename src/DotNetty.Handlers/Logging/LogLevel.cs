namespace DotNetty.Handlers.Logging;

/// <summary>The severity a <see cref="LoggingHandler"/> logs at, least first.</summary>
public enum LogLevel
{
    TRACE = 0,
    DEBUG = 1,
    INFO = 2,
    WARN = 3,
    ERROR = 4,
}
