using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace EsockdNetty.Opening;

/// <summary>The options that were given, as options of channels; what was not given is not there, and costs no call.</summary>
internal sealed class SocketSettings
{
    private SocketSettings()
    {
    }

    /// <summary>Those of the listening socket, set before it is bound.</summary>
    public List<SocketSetting> Listening { get; } = [];

    /// <summary>Those of each connection.</summary>
    public List<SocketSetting> Connections { get; } = [];

    /// <summary>Everything but the defaults, for whoever reads the log.</summary>
    public IEnumerable<string> Told =>
        Listening.Concat(Connections).Where(static setting => setting is not SocketSetting<bool> { Path: "Socket:NoDelay", Value: true }).Select(static setting => setting.ToString()).Distinct();

    public static SocketSettings Of(SocketOptions options)
    {
        var settings = new SocketSettings();
        settings.Connections.Add(new SocketSetting<bool>("Socket:NoDelay", ChannelOption.TcpNodelay, options.NoDelay));
        settings.AddKeepAlive(options);
        settings.AddOfConnections(options);
        settings.AddOfListening(options);
        foreach (RawOption raw in options.Raw)
        {
            settings.AddRaw(raw);
        }

        return settings;
    }

    private void AddKeepAlive(SocketOptions options)
    {
        Add(Connections, "Socket:KeepAlive", ChannelOption.SoKeepalive, options.KeepAlive ? true : null);
        Add(Connections, "Socket:KeepAliveIdle", ChannelOption.TcpKeepIdle, options.KeepAliveIdle);
        Add(Connections, "Socket:KeepAliveInterval", ChannelOption.TcpKeepIntvl, options.KeepAliveInterval);
        Add(Connections, "Socket:KeepAliveCount", ChannelOption.TcpKeepCnt, options.KeepAliveCount);
    }

    private void AddOfConnections(SocketOptions options)
    {
        Add(Connections, "Socket:UserTimeout", ChannelOption.TcpUserTimeout, options.UserTimeout);
        Add(Connections, "Socket:Linger", ChannelOption.SoLinger, options.Linger is { } linger ? (int)linger.TotalSeconds : null);
        Add(Connections, "Socket:QuickAck", ChannelOption.TcpQuickAck, options.QuickAck);
        Add(Connections, "Socket:SendBufferSize", ChannelOption.SoSndbuf, options.SendBufferSize);
        Add(Connections, "Socket:ReceiveBufferSize", ChannelOption.SoRcvbuf, options.ReceiveBufferSize);
        Add(Connections, "Socket:Ttl", ChannelOption.IpTtl, options.Ttl);
        Add(Connections, "Socket:Tos", ChannelOption.IpTos, options.Tos);
    }

    // The handshake is the listening socket's: window, hops and service of its packets are what was set there.
    private void AddOfListening(SocketOptions options)
    {
        Add(Listening, "Socket:ReceiveBufferSize", ChannelOption.SoRcvbuf, options.ReceiveBufferSize);
        Add(Listening, "Socket:Ttl", ChannelOption.IpTtl, options.Ttl);
        Add(Listening, "Socket:Tos", ChannelOption.IpTos, options.Tos);
        Add(Listening, "Socket:DeferAccept", ChannelOption.TcpDeferAccept, options.DeferAccept);
        Add(Listening, "Socket:FastOpen", ChannelOption.TcpFastopen, options.FastOpen);
    }

    private void AddRaw(RawOption raw)
    {
        List<SocketSetting> settings = raw.Target == RawOptionTarget.Connections ? Connections : Listening;
        byte[] value = raw.Value.ToArray();
        settings.Add(new SocketSetting<byte[]>("Socket:Raw", RawSocketOption.Bytes(raw.Level, raw.Name, Math.Max(1, value.Length)), value) { Shown = raw });
    }

    private static void Add<T>(List<SocketSetting> settings, string path, ChannelOption<T> option, T? value)
        where T : struct
    {
        if (value is { } given)
        {
            settings.Add(new SocketSetting<T>(path, option, given));
        }
    }
}
