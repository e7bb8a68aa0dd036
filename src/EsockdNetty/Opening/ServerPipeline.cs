using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Access;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Rates;
using EsockdNetty.Connections;
using EsockdNetty.Diagnostics;
using EsockdNetty.Interop;
using EsockdNetty.Rebinding;

namespace EsockdNetty.Opening;

/// <summary>
/// Composes a listener's stages and binds them, once for each acceptor. On the server channel: backoff, descriptor reserve, access and bans, the
/// limit of an address, the server's limit, the listener's limit, the rate, meter, the list of the living; then the acceptor gives each connection
/// its pipeline and its loop.
/// </summary>
internal sealed class ServerPipeline(ListenerParts parts, TransportFactory transport)
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
        channel.Pipeline.AddLast(
            new AcceptBackoffHandler(),
            new AcceptActivityHandler(parts.Settings.Name),
            new DescriptorReserveGate());
        AddGates(channel.Pipeline, parts.Settings.Limits.OverLimit, parts.Settings.Options.Refusal);
        channel.Pipeline.AddLast(
            new AcceptMeter(parts.Counters, _log),
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
