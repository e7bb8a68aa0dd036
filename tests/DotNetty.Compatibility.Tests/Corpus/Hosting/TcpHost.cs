using System.Net;
using DotNetty.Buffers;
using DotNetty.Common.Utilities;
using DotNetty.Handlers.Logging;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace Acme.Hosting;

/// <summary>Opens a port for a handler, with every option that operations ever asked for.</summary>
public class TcpHost
{
    public static readonly AttributeKey<string> ListenerName = AttributeKey<string>.ValueOf("acme.listener");

    private readonly IChannelHandler _childHandler;
    private MultithreadEventLoopGroup? _boss;
    private MultithreadEventLoopGroup? _workers;
    private IChannel? _listener;

    public TcpHost(IChannelHandler childHandler)
    {
        _childHandler = childHandler;
    }

    public IPEndPoint Address => _listener?.LocalAddress as IPEndPoint ?? throw new InvalidOperationException("Not started");

    public IChannel? Listener => _listener;

    public async Task StartAsync()
    {
        _boss = new MultithreadEventLoopGroup(1);
        _workers = new MultithreadEventLoopGroup(2);

        var bootstrap = new ServerBootstrap()
            .Group(_boss, _workers)
            .ChannelFactory(() => new TcpServerSocketChannel())
            .Option(ChannelOption.SoBacklog, 1024)
            .Option(ChannelOption.SoReuseaddr, true)
            .Option(ChannelOption.SoReuseport, true)
            .Handler(new LoggingHandler(LogLevel.INFO))
            .ChildOption(ChannelOption.Allocator, PooledByteBufferAllocator.Default)
            .ChildOption(ChannelOption.RcvbufAllocator, new AdaptiveRecvByteBufAllocator())
            .ChildOption(ChannelOption.MessageSizeEstimator, DefaultMessageSizeEstimator.Default)
            .ChildOption(ChannelOption.AutoRead, true)
            .ChildOption(ChannelOption.TcpNodelay, true)
            .ChildOption(ChannelOption.SoKeepalive, true)
            .ChildOption(ChannelOption.SoRcvbuf, 128 * 1024)
            .ChildOption(ChannelOption.SoSndbuf, 128 * 1024)
            .ChildOption(ChannelOption.WriteSpinCount, 8)
            .ChildOption(ChannelOption.WriteBufferHighWaterMark, 128 * 1024)
            .ChildOption(ChannelOption.WriteBufferLowWaterMark, 32 * 1024)
            .ChildAttribute(ListenerName, "main")
            .ChildHandler(_childHandler);

        _listener = await bootstrap.BindAsync(IPAddress.Loopback, 0).ConfigureAwait(false);
    }

    public async Task StopAsync()
    {
        if (_listener != null)
        {
            await _listener.CloseAsync();
        }

        if (_boss != null && _workers != null)
        {
            await Task.WhenAll(
                _boss.ShutdownGracefullyAsync(TimeSpan.Zero, TimeSpan.FromSeconds(5)),
                _workers.ShutdownGracefullyAsync(TimeSpan.Zero, TimeSpan.FromSeconds(5)));
        }
    }
}
