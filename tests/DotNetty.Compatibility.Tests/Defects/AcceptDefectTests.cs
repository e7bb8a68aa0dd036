using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.TestSupport;

namespace DotNetty.Compatibility.Tests.Defects;

/// <summary>What the published listening channel did and ours must not.</summary>
public sealed class AcceptDefectTests
{
    [Fact]
    [Trait("Defect", "D1")]
    public void A_full_descriptor_table_does_not_make_the_listener_accept_without_a_pause()
    {
        var loop = new EmbeddedEventLoop();
        var listener = new ScriptedListeningSocket();
        var told = new Recorder { OnException = static (context, fault) => context.FireExceptionCaught(fault) };
        Task<IChannel> binding = new ServerBootstrap()
            .Group(loop)
            .ChannelFactory(() => new TcpServerSocketChannel(listener, null))
            .Handler(told)
            .ChildHandler(new ActionChannelInitializer<IChannel>(static _ => { }))
            .BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        loop.RunTasks();
        for (int i = 0; i < 1000; i++)
        {
            listener.Fails(SocketError.TooManyOpenSockets);
        }

        loop.RunTasks();
        int atOnce = listener.AcceptCalls;
        loop.AdvanceTimeBy(TimeSpan.FromSeconds(10));

        Assert.True(binding.IsCompletedSuccessfully);
        Assert.Equal(1, atOnce);
        Assert.InRange(listener.AcceptCalls, 2, 11);
        Assert.All(told.Exceptions, static fault => Assert.Equal(AcceptErrorKind.Descriptors, Assert.IsType<AcceptException>(fault).Kind));
    }

    [Fact]
    [Trait("Defect", "D14")]
    public async Task A_connection_that_was_accepted_while_the_listener_closed_does_not_hang()
    {
        var group = new MultithreadEventLoopGroup(1);
        IChannel server = await Within.Reached(Server(group).BindAsync(new IPEndPoint(IPAddress.Loopback, 0)));
        EndPoint address = server.LocalAddress;
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        // The loop is held meanwhile: the accept can end, and the channel cannot learn of it before it closes.
        await Within.Reached(server.EventLoop.SubmitAsync(() =>
        {
            peer.Connect(address);
            server.Unsafe.CloseForcibly();
            return 0;
        }));
        Exception? end = await Record.ExceptionAsync(peer.ReceiveToEndAsync);

        Assert.True(end is null or SocketException, end?.ToString());
        await Within.Reached(group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    [Trait("Defect", "D14")]
    public async Task A_connection_that_cannot_be_prepared_is_closed_at_once_and_not_by_the_collector()
    {
        var group = new MultithreadEventLoopGroup(1);
        IChannel server = await Within.Reached(Server(group, static _ => throw new InvalidOperationException("on purpose")).BindAsync(new IPEndPoint(IPAddress.Loopback, 0)));
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        Exception? end = await Record.ExceptionAsync(async () =>
        {
            await Within.Reached(peer.ConnectAsync(server.LocalAddress));
            await peer.ReceiveToEndAsync();
        });

        Assert.True(end is null or SocketException, end?.ToString());
        await Within.Reached(group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    [Trait("Defect", "D15")]
    public void An_accept_that_throws_is_told_and_not_tried_again_on_the_spot()
    {
        using ScriptedServer server = new ScriptedServer().Started();
        server.Listener.AcceptFault = new SocketException((int)SocketError.TooManyOpenSockets);
        server.Listener.Connects();

        server.Run();
        int calls = server.Listener.AcceptCalls;
        server.Channel.Read();
        server.Run();

        Assert.Equal(1, calls);
        Assert.IsType<AcceptException>(Assert.Single(server.Recorder.Exceptions));
        Assert.Single(server.Children);
    }

    [Theory]
    [Trait("Defect", "D16")]
    [InlineData(SocketError.InvalidArgument)]
    [InlineData(SocketError.OperationAborted)]
    public void A_lost_listener_is_told_and_its_owner_decides_what_becomes_of_the_channel(SocketError error)
    {
        using ScriptedServer server = new ScriptedServer().Started();
        server.Listener.Fails(error);

        server.Run();

        Assert.Equal(AcceptErrorKind.ListenerLost, Assert.IsType<AcceptException>(Assert.Single(server.Recorder.Exceptions)).Kind);
        Assert.True(server.Channel.Open);
        Assert.DoesNotContain("Inactive", server.Recorder.Events);
    }

    private static ServerBootstrap Server(IEventLoopGroup group, Action<IChannel>? initialise = null) => new ServerBootstrap()
        .Group(group)
        .ChannelFactory(static () => new TcpServerSocketChannel(AddressFamily.InterNetwork))
        .ChildHandler(new ActionChannelInitializer<IChannel>(initialise ?? (static _ => { })));
}
