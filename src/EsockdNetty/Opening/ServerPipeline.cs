using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Connections;

namespace EsockdNetty.Opening;

/// <summary>
/// Composes a listener's stages and binds it. On the server channel: backoff, descriptor reserve, the server's limit, the listener's limit,
/// meter, the list of the living; then the acceptor gives each connection its pipeline and its loop.
/// </summary>
internal sealed class ServerPipeline(ListenerParts parts, Refusal refusal, ConnectionLimit serverLimit, TransportFactory transport)
{
    public Task<IChannel> Bind(IEventLoopGroup boss, IEventLoopGroup workers, EndPoint endPoint)
    {
        ListenerSettings settings = parts.Settings;
        ServerBootstrap bootstrap = new ServerBootstrap()
            .Group(boss, workers)
            .ChannelFactory(() => transport.NewServerChannel(endPoint.AddressFamily))
            .Option(ChannelOption.SoBacklog, settings.Socket.Backlog)
            .Handler(new ActionChannelInitializer<IChannel>(AddStages))
            .ChildOption(ChannelOption.AllowHalfClosure, settings.AllowHalfClosure)
            .ChildOption(ChannelOption.WriteBufferHighWaterMark, settings.Limits.WriteHighWaterMark)
            .ChildOption(ChannelOption.WriteBufferLowWaterMark, settings.Limits.WriteLowWaterMark)
            .ChildHandler(new ConnectionInitializer(() => parts.Settings, parts.Counters, parts.Pending, parts.Logger));
        AddSocketOptions(bootstrap, settings.Socket, endPoint.AddressFamily);
        return bootstrap.BindAsync(endPoint);
    }

    private static void AddSocketOptions(ServerBootstrap bootstrap, SocketOptions socket, AddressFamily family)
    {
        if (family != AddressFamily.Unix)
        {
            bootstrap.ChildOption(ChannelOption.TcpNodelay, socket.NoDelay);
        }

        if (socket.KeepAlive)
        {
            bootstrap.ChildOption(ChannelOption.SoKeepalive, true);
        }

        if (socket.ReceiveBufferSize is { } receive)
        {
            bootstrap.Option(ChannelOption.SoRcvbuf, receive).ChildOption(ChannelOption.SoRcvbuf, receive);
        }

        if (socket.SendBufferSize is { } send)
        {
            bootstrap.ChildOption(ChannelOption.SoSndbuf, send);
        }
    }

    private void AddStages(IChannel channel)
    {
        OverLimit overLimit = parts.Settings.Limits.OverLimit;
        if (overLimit == OverLimit.Wait)
        {
            // A permit is taken before each accept, so that nothing accepted is ever held: one read, one connection.
            channel.Configuration.RecvByteBufAllocator = new FixedRecvByteBufAllocator(1) { MaxMessagesPerRead = 1 };
        }

        channel.Pipeline.AddLast(
            new AcceptBackoffHandler(),
            new DescriptorReserveGate(),
            new MaxConnectionsGate(serverLimit, RefusalReason.ServerMaxConnections, overLimit, refusal),
            new MaxConnectionsGate(parts.Limit, RefusalReason.MaxConnections, overLimit, refusal),
            new AcceptMeter(parts.Settings.Name, parts.Counters, parts.Logger),
            new ListenerLostHandler(),
            new LiveConnectionsHandler(parts.Live));
    }
}
