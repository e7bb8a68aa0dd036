namespace EsockdNetty.Diagnostics;

/// <summary>What to name to whoever collects: <c>AddMeter(DiagnosticNames.Meter)</c>, <c>AddSource(DiagnosticNames.ActivitySource)</c>.</summary>
public static class DiagnosticNames
{
    /// <summary>The meter of every server's listeners and loops.</summary>
    public const string Meter = "EsockdNetty";

    /// <summary>The source of one activity a connection, from its accept until it is admitted or ends before.</summary>
    public const string ActivitySource = "EsockdNetty";

    /// <summary>The version of both.</summary>
    internal const string Version = "1.0.0";

    internal const string Listener = "listener";
    internal const string Reason = "reason";
    internal const string Direction = "network.io.direction";
    internal const string NetworkType = "network.type";
    internal const string NetworkTransport = "network.transport";
    internal const string ErrorType = "error.type";
}
