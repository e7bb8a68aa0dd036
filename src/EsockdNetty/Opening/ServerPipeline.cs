using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Access;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Overload;
using EsockdNetty.Accepting.Rates;
using EsockdNetty.Connections;
using EsockdNetty.Diagnostics;
using EsockdNetty.Interop;
using EsockdNetty.Rebinding;

namespace EsockdNetty.Opening;

/// <summary>
/// Composes a listener's stages and binds them, once for each acceptor. On the server channel: backoff, descriptor reserve, access and bans, the
/// limit of an address, overload, the server's limit, the listener's limit, the rate, meter, the list of the living; then the acceptor gives each connection
/// its pipeline and its loop.
/// </summary>
internal sealed class ServerPipeline(ListenerParts parts, ITransport transport)
{
    private readonly AcceptLog _log = new(parts.Settings.Name, parts.Logger);

    /// <summary>Accepts on a loop of the one group and serves on loops of the other. Nothing is read before somebody says so.</summary>
    public async Task<IChannel> Bind(IEventLoopGroup accepting, IEventLoopGroup serving, EndPoint endPoint, PortUse use)
    {
        ServerBootstrap bootstrap = NewBootstrap(() => transport.NewServerChannel(endPoint)).Group(accepting, serving);
        SetOptionsOf(bootstrap, endPoint);
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

    /// <summary>Accepts at a channel whose socket listens already.</summary>
    public async Task<IChannel> Adopt(IEventLoopGroup accepting, IEventLoopGroup serving, AbstractServerSocketChannel channel)
    {
        await NewBootstrap(() => channel).Group(accepting, serving).RegisterAsync().ConfigureAwait(false);

        // Also so that the stages are all there: they are added by tasks of the loop before this one.
        await channel.EventLoop.SubmitAsync(() => ChangeBacklog(channel)).ConfigureAwait(false);
        return channel;
    }

    private ServerBootstrap NewBootstrap(Func<IServerChannel> channel)
    {
        ListenerSettings settings = parts.Settings;
        ServerBootstrap bootstrap = new ServerBootstrap()
            .ChannelFactory(channel)
            .Option(ChannelOption.AutoRead, false)
            .Option(ChannelOption.SoBacklog, settings.Socket.Backlog)
            .Handler(new ActionChannelInitializer<IChannel>(AddStages))
            .ChildHandler(new ConnectionInitializer(parts));
        foreach (SocketSetting setting in settings.Sockets.Listening)
        {
            setting.AddTo(bootstrap);
        }

        return bootstrap;
    }

    private void SetOptionsOf(ServerBootstrap bootstrap, EndPoint endPoint)
    {
        SocketOptions options = parts.Settings.Socket;
        if (endPoint is IPEndPoint { AddressFamily: AddressFamily.InterNetworkV6 } && options.V6Only is { } only)
        {
            bootstrap.Option(ChannelOption.Ip6V6Only, only);
        }

        if (endPoint is UnixDomainSocketEndPoint)
        {
            bootstrap.Option(ChannelOption.UnixMode, options.UnixMode);
        }
    }

    private bool ChangeBacklog(AbstractServerSocketChannel channel)
    {
        channel.ChangeBacklog(parts.Settings.Socket.Backlog);
        return true;
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
        AddGates(channel.Pipeline);
        channel.Pipeline.AddLast(
            new AcceptMeter(parts.Counters, _log, parts.Waits),
            new ListenerLostHandler(),
            new LiveConnectionsHandler(parts.Live),
            new ListeningOptionsHandler(() => parts.Settings));
    }

    // Cheap and of one client before shared, what can be given back before what cannot. How they refuse, and whether they do, may change.
    private void AddGates(IChannelPipeline pipeline)
    {
        pipeline.AddLast(
            new AccessControlGate(parts.Access) { CurrentRefusal = SilentRefusal },
            new AddressLimitGate(parts.PerAddress, parts.Server.Score) { CurrentRefusal = Refusal },
            new OverloadGate(parts.Server.Overload) { CurrentRefusal = Refusal },
            new MaxConnectionsGate(parts.Server.Limit, RefusalReason.ServerMaxConnections) { CurrentRefusal = Refusal, CurrentOverLimit = OverLimit },
            new MaxConnectionsGate(parts.Limit) { CurrentRefusal = Refusal, CurrentOverLimit = OverLimit },
            new ConnectionRateGate(parts.Rate.Bucket, EsockdNetty.Accepting.OverLimit.Refuse, null, IsGone) { CurrentRefusal = Refusal, CurrentOverLimit = OverLimit });
        if (parts.Settings.Limits.RateLimiter is { } limiter)
        {
            pipeline.AddLast(new ConnectionRateGate(limiter) { CurrentRefusal = Refusal, CurrentOverLimit = OverLimit });
        }
    }

    private OverLimit OverLimit() => parts.Settings.Limits.OverLimit;

    private Refusal Refusal() => parts.Settings.Options.Refusal;

    // Whoever is denied or banned is told nothing.
    private Refusal SilentRefusal() => Refusal() is { SendsBytes: false } refusal ? refusal : Accepting.Refusal.Reset;

    // A client that is gone shall cost no token; without a rate there is none to cost.
    private bool IsGone(IChannel child) => parts.Rate.IsLimited && DescriptorState.IsBroken(child);
}
