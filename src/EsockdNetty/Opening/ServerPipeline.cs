using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Connections;
using EsockdNetty.Rebinding;

namespace EsockdNetty.Opening;

/// <summary>
/// Composes a listener's stages and binds them, once for each acceptor. On the server channel: backoff, descriptor reserve, the server's limit, the listener's limit,
/// meter, the list of the living; then the acceptor gives each connection its pipeline and its loop.
/// </summary>
internal sealed class ServerPipeline(ListenerParts parts, ConnectionLimit serverLimit, TransportFactory transport)
{
    private readonly AcceptLog _log = new(parts.Settings.Name, parts.Logger);

    /// <summary>Accepts on a loop of the one group and serves on loops of the other. A port that is shared is not read before somebody says so.</summary>
    public async Task<IChannel> Bind(IEventLoopGroup accepting, IEventLoopGroup serving, EndPoint endPoint, PortUse use)
    {
        ServerBootstrap bootstrap = NewBootstrap(endPoint.AddressFamily)
            .Group(accepting, serving)
            .Option(ChannelOption.AutoRead, use == PortUse.Alone);
        if (use == PortUse.Joining)
        {
            bootstrap.Option(ChannelOption.SoReuseport, true);
        }

        IChannel channel = await bootstrap.BindAsync(endPoint).ConfigureAwait(false);
        if (use == PortUse.First)
        {
            await LetOthersJoin(channel).ConfigureAwait(false);
        }

        return channel;
    }

    private ServerBootstrap NewBootstrap(AddressFamily family)
    {
        ListenerSettings settings = parts.Settings;
        ServerBootstrap bootstrap = new ServerBootstrap()
            .ChannelFactory(() => transport.NewServerChannel(family))
            .Option(ChannelOption.SoBacklog, settings.Socket.Backlog)
            .Handler(new ActionChannelInitializer<IChannel>(AddStages))
            .ChildHandler(new ConnectionInitializer(parts));
        if (family == AddressFamily.InterNetworkV6 && settings.Socket.V6Only is { } only)
        {
            bootstrap.Option(ChannelOption.Ip6V6Only, only);
        }

        if (family == AddressFamily.Unix)
        {
            bootstrap.Option(ChannelOption.UnixMode, settings.Socket.UnixMode);
        }

        foreach (SocketSetting setting in settings.Sockets.Listening)
        {
            setting.AddTo(bootstrap);
        }

        return bootstrap;
    }

    private static async Task LetOthersJoin(IChannel channel)
    {
        try
        {
            channel.Configuration.SetOption(ChannelOption.SoReuseport, true);
        }
        catch
        {
            await channel.CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void AddStages(IChannel channel)
    {
        OverLimit overLimit = parts.Settings.Limits.OverLimit;
        Refusal refusal = parts.Settings.Options.Refusal;
        channel.Pipeline.AddLast(
            new AcceptBackoffHandler(),
            new DescriptorReserveGate(),
            new MaxConnectionsGate(serverLimit, RefusalReason.ServerMaxConnections, overLimit, refusal),
            new MaxConnectionsGate(parts.Limit, RefusalReason.MaxConnections, overLimit, refusal),
            new AcceptMeter(parts.Counters, _log),
            new ListenerLostHandler(),
            new LiveConnectionsHandler(parts.Live),
            new ListeningOptionsHandler(() => parts.Settings));
    }
}
