using DotNetty.Common.Internal.Logging;

namespace DotNetty.Handlers.Logging;

/// <summary>From a handler's level to the logger's.</summary>
public static class LogLevelExtensions
{
    public static InternalLogLevel ToInternalLevel(this LogLevel level) => (InternalLogLevel)level;
}
