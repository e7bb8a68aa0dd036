using EsockdNetty.Accepting.Overload;

namespace EsockdNetty.Opening;

/// <summary>Effective values as one line of text.</summary>
internal static class SettingsText
{
    public static string Of(SocketServer server)
    {
        SocketServerOptions options = server.Options;
        OverloadOptions overload = options.Overload;
        BanOptions bans = options.Bans;
        return $"max connections {server.MaxConnections}, drain {Seconds(options.DrainTimeout)}, handshake steps {options.Handshakes.StepsPerRound} a round and {options.Handshakes.Slots?.ToString() ?? "any number"} in all, "
            + $"buffer budget {server.BufferBudget} bytes, overload at loop lag {Seconds(overload.LoopLag)} for {Seconds(overload.LoopLagFor)} and memory {Share(overload.MemoryHigh)} until {Share(overload.MemoryLow)}, "
            + $"bans at {bans.Threshold} points within {Seconds(bans.Window)} for {Seconds(bans.Duration)}";
    }

    public static string Of(Listener listener)
    {
        CommonListenerOptions options = listener.Options;
        LimitOptions limits = options.Limits;
        TimeoutOptions timeouts = options.Timeouts;
        return $"packet {options.Packet}, max frame {limits.MaxFrame}, max connections {listener.MaxConnections} ({limits.OverLimit}), "
            + $"max pending {listener.MaxPending}, backlog {options.Socket.Backlog}{Acceptors(listener)}, idle {Seconds(timeouts.Idle)}, frame {Seconds(timeouts.Frame)}, "
            + $"send {Seconds(timeouts.Send)}, max pending write {limits.MaxPendingWriteBytes}"
            + string.Concat(SocketSettings.Of(options.Socket).Told.Select(static setting => $", {setting}"))
            + (listener.Address is { IsUnix: true, IsInherited: false } ? $", mode {Convert.ToString((int)options.Socket.UnixMode, 8).PadLeft(4, '0')}" : "")
            + (options.Socket.V6Only is true ? ", IPv6 only" : "")
            + (listener.Address.IsTls ? $", TLS {options.Tls.Protocols}, handshake {Seconds(timeouts.Handshake)}, client certificates {options.Tls.ClientCertificates}" : "");
    }

    private static string Acceptors(Listener listener) => listener.ServerChannels.Count is var count and > 1 ? $", acceptors {count}" : "";

    private static string Share(double? share) => share is { } value ? FormattableString.Invariant($"{value:P0}") : "never";

    private static string Seconds(TimeSpan? time) => time is { } value ? $"{value.TotalSeconds:0.###} s" : "never";
}
