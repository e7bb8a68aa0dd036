using System.Net;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Access;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Rates;
using EsockdNetty.Connections;
using EsockdNetty.Diagnostics;
using EsockdNetty.Interop;

namespace EsockdNetty.Opening;

/// <summary>
/// Composes a listener's stages and binds it. On the server channel: backoff, descriptor reserve, access and bans, the limit of an address,
/// the server's limit, the listener's limit, the rate, meter, the list of the living; then the acceptor gives each connection its pipeline and its loop.
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
        channel.Pipeline.AddLast(
            new AcceptBackoffHandler(),
            new AcceptActivityHandler(parts.Settings.Name),
            new DescriptorReserveGate());
        AddGates(channel.Pipeline, parts.Settings.Limits.OverLimit, parts.Settings.Options.Refusal);
        channel.Pipeline.AddLast(
            new AcceptMeter(parts.Settings.Name, parts.Counters, parts.Logger),
            new ListenerLostHandler(),
            new LiveConnectionsHandler(parts.Live),
            new ListeningOptionsHandler(() => parts.Settings));
    }

    // Cheap and of one client before shared, what can be given back before what cannot.
    private void AddGates(IChannelPipeline pipeline, OverLimit overLimit, Refusal refusal)
    {
        pipeline.AddLast(
            new AccessControlGate(parts.Access, refusal),
            new AddressLimitGate(parts.PerAddress, parts.Server.Score, refusal),
            new MaxConnectionsGate(parts.Server.Limit, RefusalReason.ServerMaxConnections, overLimit, refusal),
            new MaxConnectionsGate(parts.Limit, RefusalReason.MaxConnections, overLimit, refusal),
            new ConnectionRateGate(parts.Rate.Bucket, overLimit, refusal, child => parts.Rate.IsLimited && DescriptorState.IsBroken(child)));
        if (parts.Settings.Limits.RateLimiter is { } limiter)
        {
            pipeline.AddLast(new ConnectionRateGate(limiter, overLimit, refusal));
        }
    }
}
