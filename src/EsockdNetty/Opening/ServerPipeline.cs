using System.Net;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Access;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Connections;

namespace EsockdNetty.Opening;

/// <summary>
/// Composes a listener's stages and binds it. On the server channel: backoff, descriptor reserve, access and bans, the limit of an address,
/// the server's limit, the listener's limit, meter, the list of the living; then the acceptor gives each connection its pipeline and its loop.
/// </summary>
internal sealed class ServerPipeline(ListenerParts parts, TransportFactory transport)
{
    public Task<IChannel> Bind(IEventLoopGroup boss, IEventLoopGroup workers, EndPoint endPoint)
    {
        ListenerSettings settings = parts.Settings;
        ServerBootstrap bootstrap = new ServerBootstrap()
            .Group(boss, workers)
            .ChannelFactory(() => transport.NewServerChannel(endPoint.AddressFamily))
            .Option(ChannelOption.SoBacklog, settings.Socket.Backlog)
            .Handler(new ActionChannelInitializer<IChannel>(AddStages))
            .ChildHandler(new ConnectionInitializer(parts));
        foreach (SocketSetting setting in settings.Sockets.Listening)
        {
            setting.AddTo(bootstrap);
        }

        return bootstrap.BindAsync(endPoint);
    }

    private void AddStages(IChannel channel)
    {
        OverLimit overLimit = parts.Settings.Limits.OverLimit;
        Refusal refusal = parts.Settings.Options.Refusal;
        channel.Pipeline.AddLast(
            new AcceptBackoffHandler(),
            new DescriptorReserveGate(),
            new AccessControlGate(parts.Access, refusal),
            new AddressLimitGate(parts.PerAddress, parts.Server.Score, refusal),
            new MaxConnectionsGate(parts.Server.Limit, RefusalReason.ServerMaxConnections, overLimit, refusal),
            new MaxConnectionsGate(parts.Limit, RefusalReason.MaxConnections, overLimit, refusal),
            new AcceptMeter(parts.Settings.Name, parts.Counters, parts.Logger),
            new ListenerLostHandler(),
            new LiveConnectionsHandler(parts.Live),
            new ListeningOptionsHandler(() => parts.Settings));
    }
}
