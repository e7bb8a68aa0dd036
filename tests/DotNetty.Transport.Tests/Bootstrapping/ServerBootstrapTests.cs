using System.Net;
using System.Net.Sockets;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.Tests.Channels;
using DotNetty.Transport.Tests.Channels.Sockets;

namespace DotNetty.Transport.Tests.Bootstrapping;

public sealed class ServerBootstrapTests
{
    private static readonly AttributeKey<string> Key = AttributeKey<string>.ValueOf(nameof(ServerBootstrapTests));

    private readonly EmbeddedEventLoop _loop = new();
    private readonly ScriptedListeningSocket _listener = new();
    private readonly Recorder _parent = new();
    private readonly List<Recorder> _children = [];
    private readonly List<IChannel> _accepted = [];

    [Fact]
    public void Accept_errors_do_not_spin_but_resume_after_a_second_where_no_handler_decides()
    {
        Bind(Bootstrap());
        _listener.Fails(SocketError.TooManyOpenSockets);
        _listener.Connects();

        _loop.RunTasks();
        _loop.AdvanceTimeBy(TimeSpan.FromSeconds(0.9));
        (int Calls, int Children) before = (_listener.AcceptCalls, _children.Count);
        _loop.AdvanceTimeBy(TimeSpan.FromSeconds(0.1));

        Assert.Equal((1, 0), before);
        Assert.Single(_children);
    }

    [Fact]
    public void Accept_errors_in_a_row_are_a_second_apart_each()
    {
        Bind(Bootstrap());
        for (int i = 0; i < 5; i++)
        {
            _listener.Fails(SocketError.TooManyOpenSockets);
        }

        _loop.RunTasks();
        _loop.AdvanceTimeBy(TimeSpan.FromSeconds(3));

        Assert.Equal(4, _listener.AcceptCalls);
    }

    [Fact]
    public void A_handler_of_the_listener_that_takes_an_accept_error_decides_alone()
    {
        Bind(Bootstrap().Handler(_parent));
        _parent.OnRead = static (context, message) => context.FireChannelRead(message);
        _listener.Fails(SocketError.TooManyOpenSockets);
        _listener.Connects();

        _loop.AdvanceTimeBy(TimeSpan.FromSeconds(10));

        Assert.IsType<AcceptException>(Assert.Single(_parent.Exceptions));
        Assert.Equal(1, _listener.AcceptCalls);
    }

    [Fact]
    public void Children_get_their_handlers_options_and_attributes_before_they_are_registered()
    {
        Bind(Bootstrap().ChildOption(ChannelOption.AutoRead, false).ChildOption(ChannelOption.WriteSpinCount, 3).ChildAttribute(Key, "value"));

        ScriptedSocket socket = _listener.Connects();
        _loop.RunTasks();
        IChannel child = _accepted.Single();

        Assert.Equal(["Added", "Registered", "Active"], _children.Single().Events);
        Assert.Equal(3, child.Configuration.WriteSpinCount);
        Assert.Equal("value", child.GetAttribute(Key).Get());
        Assert.False(socket.ReadWanted);
    }

    [Fact]
    public void The_listeners_handlers_see_each_connection_before_it_is_served()
    {
        bool? registered = null;
        _parent.OnRead = (context, message) =>
        {
            registered = ((IChannel)message).Registered;
            context.FireChannelRead(message);
        };
        Bind(Bootstrap().Handler(_parent));

        _listener.Connects();
        _loop.RunTasks();

        Assert.False(registered);
        Assert.Single(_children);
    }

    [Fact]
    public void A_connection_that_cannot_be_prepared_is_reset_and_the_others_are_served()
    {
        var unsharable = new ActionChannelInitializer<IChannel>(_ => throw new InvalidOperationException("on purpose"));
        var bootstrap = new ServerBootstrap().Group(_loop).ChannelFactory(NewServer).ChildHandler(unsharable);
        Bind(bootstrap);

        ScriptedSocket socket = _listener.Connects();
        _loop.RunTasks();

        Assert.True(socket.Closed);
        Assert.True(_listener.AcceptWanted);
    }

    [Fact]
    public async Task A_connection_whose_loop_has_ended_is_reset()
    {
        var ended = new SingleThreadEventLoop();
        await Within.Reached(ended.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
        Bind(new ServerBootstrap().Group(_loop, ended).ChannelFactory(NewServer).ChildHandler(new ActionChannelInitializer<IChannel>(static _ => { })));

        ScriptedSocket socket = _listener.Connects();
        _loop.RunTasks();

        Assert.True(socket is { Closed: true, WasReset: true });
    }

    [Fact]
    public async Task A_bind_that_fails_leaves_nothing_open()
    {
        _listener.ListenFault = new SocketException((int)SocketError.AddressAlreadyInUse);

        Task<IChannel> binding = Bootstrap().BindAsync(IPAddress.Loopback, 0);
        _loop.RunTasks();

        await Assert.ThrowsAsync<SocketException>(() => Within.Reached(binding));
        Assert.True(_listener.Closed);
    }

    [Fact]
    public void Says_what_is_missing()
    {
        Assert.Throws<InvalidOperationException>(() => new ServerBootstrap().Validate());
        Assert.Throws<InvalidOperationException>(() => new ServerBootstrap().Group(_loop).Validate());
        Assert.Throws<InvalidOperationException>(() => new ServerBootstrap().Group(_loop).ChannelFactory(NewServer).Validate());
        Assert.Throws<InvalidOperationException>(() => new ServerBootstrap().Group(_loop).Group(_loop));
    }

    [Fact]
    public void A_child_handler_that_is_not_sharable_is_refused_before_the_second_connection_fails()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => new ServerBootstrap().Group(_loop).ChannelFactory(NewServer).ChildHandler(new Recorder()).Validate());

        Assert.Contains(nameof(Recorder), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clone_is_set_by_itself()
    {
        ServerBootstrap original = Bootstrap();

        ServerBootstrap clone = original.Clone().ChildOption(ChannelOption.WriteSpinCount, 3);

        Assert.Same(original.ChildGroup(), clone.ChildGroup());
        Assert.NotSame(original, clone);
    }

    private ServerBootstrap Bootstrap() => new ServerBootstrap()
        .Group(_loop)
        .ChannelFactory(NewServer)
        .ChildHandler(new ActionChannelInitializer<IChannel>(channel =>
        {
            var recorder = new Recorder();
            _accepted.Add(channel);
            _children.Add(recorder);
            channel.Pipeline.AddLast(recorder);
        }));

    private TcpServerSocketChannel NewServer() => new(_listener, null);

    private void Bind(ServerBootstrap bootstrap)
    {
        _ = bootstrap.BindAsync(IPAddress.Loopback, 0);
        _loop.RunTasks();
        Assert.True(_listener.AcceptWanted);
    }
}
