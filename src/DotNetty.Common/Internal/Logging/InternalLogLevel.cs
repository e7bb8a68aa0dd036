namespace DotNetty.Common.Internal.Logging;

/// <summary>The severity of a message, least first.</summary>
public enum InternalLogLevel
{
    TRACE = 0,
    DEBUG = 1,
    INFO = 2,
    WARN = 3,
    ERROR = 4,
}
