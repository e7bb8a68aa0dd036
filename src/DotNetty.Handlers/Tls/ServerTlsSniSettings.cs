#nullable disable

namespace DotNetty.Handlers.Tls;

/// <summary>How a server chooses its settings by the name a client asks for (SNI, RFC 6066 §3).</summary>
public sealed class ServerTlsSniSettings
{
    /// <summary>
    /// <paramref name="serverTlsSettingMap"/> is called on the event loop, once a connection, with the name in lower case and as it stands in
    /// DNS (an internationalised one in its xn-- form); it may answer later. A null answer, or a failure, refuses the connection. A client that
    /// names nobody counts as one that named <paramref name="defaultServerHostName"/>, or the empty string where that is null.
    /// </summary>
    public ServerTlsSniSettings(Func<string, Task<ServerTlsSettings>> serverTlsSettingMap, string defaultServerHostName = null)
    {
        ArgumentNullException.ThrowIfNull(serverTlsSettingMap);
        ServerTlsSettingMap = serverTlsSettingMap;
        DefaultServerHostName = defaultServerHostName;
    }

    public Func<string, Task<ServerTlsSettings>> ServerTlsSettingMap { get; }

    /// <summary>The name of clients that give none. Default: null.</summary>
    public string DefaultServerHostName { get; }

    /// <summary>
    /// How long a client may take for its ClientHello and the choice for its answer, from accept. Once chosen, the settings' own
    /// <see cref="TlsSettings.HandshakeTimeout"/> holds, which has been running since then too. Default: 10 s.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above zero, or infinite.</exception>
    public TimeSpan HandshakeTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    }
        = TlsSettings.DefaultHandshakeTimeout;
}
