using System.Collections.Concurrent;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Connections;

/// <summary>What the user's handlers see of a connection, and what becomes of one whose handlers fail.</summary>
public abstract class AdmissionTests
{
    private readonly ConcurrentQueue<string> _seen = new();

    protected abstract SocketTransport Transport { get; }

    [Theory]
    [InlineData("tcp")]
    [InlineData("ssl")]
    public async Task Handlers_see_the_connection_once_and_ready(string scheme)
    {
        await using OneListener server = await Transport.OpenPipeline(
            pipeline => pipeline.AddLast(new Witness(_seen), new EchoHandler()),
            options => UseScheme(options, scheme));
        using Peer peer = await server.Connect(scheme);

        Assert.True(await peer.IsServed());

        Assert.Equal(["added", "registered", $"active {peer.LocalAddress} True"], _seen.Where(word => word != "read"));
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("ssl")]
    public async Task Handlers_see_the_end_once(string scheme)
    {
        await using OneListener server = await Transport.OpenPipeline(
            pipeline => pipeline.AddLast(new Witness(_seen)),
            options => UseScheme(options, scheme));
        Peer peer = await server.Connect(scheme);
        Eventually.Equal(true, () => _seen.Any(word => word.StartsWith("active", StringComparison.Ordinal)));

        peer.Dispose();

        Eventually.Equal(true, () => _seen.Contains("unregistered"));
        Assert.Single(_seen, "inactive");
        Assert.Single(_seen, "unregistered");
    }

    [Fact]
    public async Task Handlers_see_nothing_of_a_connection_that_is_not_admitted()
    {
        await using OneListener server = await Transport.OpenPipeline(pipeline => pipeline.AddLast(new Witness(_seen)), OneListener.Tls);
        Peer peer = await server.Connect();
        Eventually.Equal(1, () => server.Listener.Statistics.Pending);

        peer.Dispose();

        Assert.Equal("PeerClosed 1", server.Endings(1));
        Eventually.Equal(1, () => server.Listener.Statistics.HandshakesFailed);
        Assert.Empty(_seen);
    }

    [Fact]
    public async Task An_initializer_that_throws_closes_that_connection_alone()
    {
        var log = new LogLines();
        int connections = 0;
        await using OneListener server = await Transport.OpenPipeline(
            pipeline =>
            {
                pipeline.AddLast(new Swallower(), new EchoHandler());
                if (Interlocked.Increment(ref connections) == 2)
                {
                    throw new InvalidOperationException("no database");
                }
            },
            server: new SocketServerOptions { LoggerFactory = log });
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        using Peer second = await server.Connect();

        Assert.True(await second.EndsInOrder());
        second.Dispose();
        Assert.True(await first.IsServed());
        Assert.Equal("HandlerFault 1", server.Endings(1));
        Assert.Single(log.All, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task An_initializer_that_closes_leaves_nothing_to_see()
    {
        await using OneListener server = await Transport.OpenPipeline(pipeline =>
        {
            pipeline.AddLast(new Witness(_seen));
            _ = pipeline.Channel.CloseAsync();
        });
        using Peer peer = await server.Connect();

        Assert.Equal("Closed 1", await server.EndOf(peer));
        Assert.DoesNotContain(_seen, word => word.StartsWith("active", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_exception_nobody_catches_closes_the_connection()
    {
        var log = new LogLines();
        await using OneListener server = await Transport.OpenPipeline(
            pipeline => pipeline.AddLast(new Thrower()),
            server: new SocketServerOptions { LoggerFactory = log });
        using Peer peer = await server.Connect();

        await peer.Send(1);

        Assert.Equal("HandlerFault 1", await server.EndOf(peer));
        Assert.Single(log.All, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task An_exception_that_a_handler_catches_is_its_own_business()
    {
        await using OneListener server = await Transport.OpenPipeline(
            pipeline => pipeline.AddLast(new Thrower(), new Swallower(), new EchoHandler()),
            options => options.Packet = Codecs.PacketType.One);
        using Peer peer = await server.Connect();

        await peer.Send(1, 1, 1, 42);

        Assert.Equal([1, 42], await peer.Receive(2));
    }

    [Fact]
    public async Task An_exception_of_a_handlers_own_network_is_no_reset_of_the_peer()
    {
        var log = new LogLines();
        await using OneListener server = await Transport.OpenPipeline(
            pipeline => pipeline.AddLast(new Thrower(new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionReset))),
            server: new SocketServerOptions { LoggerFactory = log });
        using Peer peer = await server.Connect();

        await peer.Send(1);

        Assert.Equal("HandlerFault 1", await server.EndOf(peer));
        Assert.Single(log.All, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task Admitted_connections_are_not_pending()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, OneListener.Tls);
        using Peer good = await server.ConnectTls();
        using Peer silent = await server.Connect();
        Assert.True(await good.IsServed());

        Eventually.Equal(1, () => server.Listener.Statistics.Pending);

        Assert.Equal(2, server.Listener.ConnectionCount);
        Assert.Equal(1, server.Listener.Statistics.HandshakesCompleted);
    }

    private static void UseScheme(ListenerOptions options, string scheme)
    {
        if (scheme == "ssl")
        {
            OneListener.Tls(options);
        }
    }

    private sealed class Witness(ConcurrentQueue<string> seen) : ChannelHandlerAdapter
    {
        public override void HandlerAdded(IChannelHandlerContext context) => seen.Enqueue("added");

        public override void ChannelRegistered(IChannelHandlerContext context)
        {
            seen.Enqueue("registered");
            context.FireChannelRegistered();
        }

        public override void ChannelActive(IChannelHandlerContext context)
        {
            seen.Enqueue($"active {context.Channel.RemoteAddress} {context.Channel.EventLoop.InEventLoop}");
            context.FireChannelActive();
        }

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            seen.Enqueue("read");
            context.FireChannelRead(message);
        }

        public override void ChannelInactive(IChannelHandlerContext context)
        {
            seen.Enqueue("inactive");
            context.FireChannelInactive();
        }

        public override void ChannelUnregistered(IChannelHandlerContext context)
        {
            seen.Enqueue("unregistered");
            context.FireChannelUnregistered();
        }
    }

    /// <summary>Throws at the first message, and passes on the others.</summary>
    private sealed class Thrower(Exception? exception = null) : ChannelHandlerAdapter
    {
        private bool _thrown;

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            if (_thrown)
            {
                context.FireChannelRead(message);
                return;
            }

            _thrown = true;
            ((IByteBuffer)message).Release();
            throw exception ?? new InvalidOperationException("my bug");
        }
    }

    private sealed class Swallower : ChannelHandlerAdapter
    {
        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
        {
        }
    }

    public sealed class OnEpoll : AdmissionTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : AdmissionTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
