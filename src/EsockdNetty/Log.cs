using Microsoft.Extensions.Logging;

namespace EsockdNetty;

/// <summary>What servers and listeners say. Event ids 100 to 119.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "Listener {Listener} listens on {Address}: {Settings}")]
    public static partial void Listening(ILogger logger, string listener, ListenAddress address, string settings);

    [LoggerMessage(101, LogLevel.Information, "Listener {Listener} drains: {Connections} connections, {Timeout} at most")]
    public static partial void Draining(ILogger logger, string listener, int connections, TimeSpan timeout);

    [LoggerMessage(102, LogLevel.Information, "Listener {Listener} is closed; it accepted {Accepted} connections")]
    public static partial void Closed(ILogger logger, string listener, long accepted);

    [LoggerMessage(103, LogLevel.Warning, "Listener {Listener} serves the development certificate at {Address}: anybody has its key. Set Listeners:{Listener}:Tls:Certificate to one of your own")]
    public static partial void DevelopmentCertificate(ILogger logger, string listener, ListenAddress address);

    [LoggerMessage(104, LogLevel.Warning, "Listener {Listener}: the system cuts Socket:Backlog from {Backlog} to {Limit}; raise net.core.somaxconn")]
    public static partial void BacklogCut(ILogger logger, string listener, int backlog, int limit);

    [LoggerMessage(105, LogLevel.Information, "Listener {Listener} is suspended: it listens no more until it is resumed; {Connections} connections live on")]
    public static partial void Suspended(ILogger logger, string listener, int connections);

    [LoggerMessage(106, LogLevel.Information, "Listener {Listener} listens on {Address} again")]
    public static partial void Resumed(ILogger logger, string listener, ListenAddress address);

    [LoggerMessage(107, LogLevel.Information, "Listener {Listener} was changed: {Settings}")]
    public static partial void Updated(ILogger logger, string listener, string settings);

    [LoggerMessage(111, LogLevel.Information, "The server was changed: {Settings}")]
    public static partial void ServerUpdated(ILogger logger, string settings);

    [LoggerMessage(EventId = 108, Message = "Listener {Listener}: alarm {Kind}, {Connections} connections, threshold {Threshold}{Remedy}")]
    public static partial void Alarm(ILogger logger, LogLevel level, string listener, Alarms.ConnectionAlarmKind kind, int connections, int threshold, string remedy);

    [LoggerMessage(109, LogLevel.Error, "Listener {Listener}: a handler of its alarm failed")]
    public static partial void AlarmHandlerFailed(ILogger logger, Exception fault, string listener);

    [LoggerMessage(119, LogLevel.Warning, "Listener {Listener}: the system cuts {Option} from {Bytes} to {Limit} bytes; raise {Setting}")]
    public static partial void BufferCut(ILogger logger, string listener, string option, int bytes, int limit, string setting);

    [LoggerMessage(110, LogLevel.Information, "Received {Signal}: draining, {Timeout} at most; another one stops at once")]
    public static partial void Signal(ILogger logger, string signal, TimeSpan timeout);

    [LoggerMessage(112, LogLevel.Warning, "Listener {Listener}: the system refuses {Option} of a connection ({Error}), which goes on without it; {Suppressed} more not listed. Remedy: correct the option, or leave it out")]
    public static partial void SocketOptionRefused(ILogger logger, string listener, Opening.SocketSetting option, System.Net.Sockets.SocketError error, long suppressed);
}
