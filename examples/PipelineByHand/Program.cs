using System.Net;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty;
using EsockdNetty.Accepting;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;
using Microsoft.Extensions.Logging;

using ILoggerFactory logging = LoggerFactory.Create(builder => builder.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
ILogger logger = logging.CreateLogger("PipelineByHand");
var boss = new MultithreadEventLoopGroup(1);
var workers = new MultithreadEventLoopGroup();
var counters = new ListenerCounters();
var limit = new ConnectionLimit(10_000);

IChannel listener = await new ServerBootstrap()
    .Group(boss, workers)
    .Channel<TcpServerSocketChannel>()
    .Option(ChannelOption.SoBacklog, 1024)
    .Handler(new ActionChannelInitializer<IChannel>(server => server.Pipeline.AddLast(
        new AcceptBackoffHandler(),
        new DescriptorReserveGate(),
        new MaxConnectionsGate(limit, RefusalReason.MaxConnections, OverLimit.Refuse),
        new AcceptMeter("by-hand", counters, logger))))
    .ChildOption(ChannelOption.TcpNodelay, true)
    .ChildHandler(new ActionChannelInitializer<IChannel>(child => child.Pipeline.AddLast(
        new ConnectionMeter(counters),
        new IdleCloseHandler(TimeSpan.FromMinutes(2)),
        new SlowConsumerHandler(),
        new PacketDecoder(PacketType.Two),
        new PacketEncoder(PacketType.Two),
        new EchoHandler())))
    .BindAsync(IPAddress.Loopback, args.Length > 0 ? int.Parse(args[0]) : 5000);

Console.WriteLine($"listening on {listener.LocalAddress}; Enter ends it");
Console.ReadLine();
await listener.CloseAsync();
await Task.WhenAll(boss.ShutdownGracefullyAsync(), workers.ShutdownGracefullyAsync());

internal sealed class EchoHandler : ChannelHandlerAdapter
{
    public override void ChannelRead(IChannelHandlerContext context, object message) => context.Write(message);

    public override void ChannelReadComplete(IChannelHandlerContext context) => context.Flush();
}
