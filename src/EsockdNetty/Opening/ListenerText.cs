using DotNetty.Handlers.Tls;
using EsockdNetty.Connections.Traffic;

namespace EsockdNetty.Opening;

/// <summary>
/// A listener's effective values as one line of text: every option that is set, protections first. What is off or left to the system is not named,
/// nor what does not concern the listener.
/// </summary>
internal static class ListenerText
{
    public static string Of(Listener listener)
    {
        CommonListenerOptions options = listener.Options;
        IEnumerable<string?> parts = [.. Protections(listener, options), .. Policies(options), .. Sockets(listener, options.Socket), .. listener.Address.IsTls ? Tls(options) : []];
        return string.Join(", ", parts.OfType<string>());
    }

    private static IEnumerable<string?> Protections(Listener listener, CommonListenerOptions options)
    {
        LimitOptions limits = options.Limits;
        TimeoutOptions timeouts = options.Timeouts;
        return
        [
            $"packet {options.Packet}",
            $"max frame {limits.MaxFrame}",
            $"max connections {listener.MaxConnections} ({limits.OverLimit})",
            $"max pending {listener.MaxPending}",
            $"backlog {options.Socket.Backlog}",
            listener.ServerChannels.Count is var acceptors and > 1 ? $"acceptors {acceptors}" : null,
            $"idle {Seconds(timeouts.Idle)}",
            $"frame {Seconds(timeouts.Frame)}",
            $"send {Seconds(timeouts.Send)}",
            $"max pending write {limits.MaxPendingWriteBytes} ({limits.SlowConsumer})",
            $"water marks {limits.WriteLowWaterMark} and {limits.WriteHighWaterMark}",
            $"refusal by {options.Refusal}",
        ];
    }

    private static IEnumerable<string?> Policies(CommonListenerOptions options)
    {
        LimitOptions limits = options.Limits;
        return
        [
            limits.Rate is { } rate ? $"rate {rate.Count} in {Seconds(rate.Period)}" : null,
            limits.RateLimiter is { } limiter ? $"rate by {limiter.GetType().Name}" : null,
            limits.PerAddress.MaxConnections is { } most ? $"per address {most} connections" : null,
            limits.PerAddress.Rate is { } each ? $"per address {each.Connections} in {Seconds(each.Period)}" : null,
            limits.PerAddress is { MaxConnections: null, Rate: null } ? null : $"an address of IPv6 is a /{limits.PerAddress.IPv6Prefix}",
            Traffic("bytes", limits.Traffic.Bytes),
            Traffic("bytes of a connection", limits.Traffic.BytesPerConnection),
            Traffic("messages", limits.Traffic.Messages),
            Traffic("messages of a connection", limits.Traffic.MessagesPerConnection),
            options.Access.Count > 0 ? $"access {SettingsText.Some(options.Access)}" : null,
            options.Alarm.Connections is { } threshold ? $"alarm above {threshold} connections, again every {Seconds(options.Alarm.Cooldown)}" : null,
            options is ListenerOptions { OnListening: not null } ? "calls OnListening" : null,
        ];
    }

    private static string? Traffic(string what, TrafficRate? rate) => rate is null ? null : $"{what} {rate.PerSecond} a second, {rate.Most} at once";

    private static IEnumerable<string?> Sockets(Listener listener, SocketOptions socket) =>
    [
        .. SocketSettings.Of(socket).Told,
        socket.AllowHalfClosure is { } allowed ? $"Socket:AllowHalfClosure {allowed}" : null,
        listener.Address is { IsUnix: true, IsInherited: false } ? $"mode {Convert.ToString((int)socket.UnixMode, 8).PadLeft(4, '0')}" : null,
        socket.V6Only is true ? "IPv6 only" : null,
    ];

    private static IEnumerable<string?> Tls(CommonListenerOptions options)
    {
        TlsOptions tls = options.Tls;
        return
        [
            $"TLS {tls.Protocols}",
            $"certificate {tls.Certificate}",
            $"handshake {Seconds(options.Timeouts.Handshake)}",
            $"client certificates {tls.ClientCertificates}",
            tls.ClientAuthorities is { } authorities ? $"signed by {authorities}" : null,
            tls.ClientValidation is not null && tls.ClientCertificates != ClientCertificateMode.None ? "judged by the application" : null,
            tls.Alpn.Count > 0 ? $"ALPN {SettingsText.Some(tls.Alpn)}" : null,
        ];
    }

    private static string Seconds(TimeSpan? time) => SettingsText.Seconds(time);
}
