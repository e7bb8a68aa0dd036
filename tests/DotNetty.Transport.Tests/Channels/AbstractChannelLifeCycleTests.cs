using System.Net;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.Tests.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels;

public sealed class AbstractChannelLifeCycleTests
{
    [Fact]
    public void Events_come_in_the_order_of_a_life()
    {
        using var channel = new ScriptedChannel();

        channel.Register();
        channel.Receive("hello");
        Task closing = channel.Channel.CloseAsync();
        channel.ReceiveEnd();

        Assert.Equal(
            ["Added", "Registered", "Active", "Read hello", "ReadComplete", "Inactive", "Unregistered", "Removed"],
            channel.Recorder.Events);
        Assert.True(closing.IsCompletedSuccessfully);
    }

    [Fact]
    public void The_close_is_complete_only_after_the_last_event()
    {
        using ScriptedChannel channel = new ScriptedChannel().Started();
        string[] before = [];
        _ = channel.Channel.CloseCompletion.ContinueWith(_ => before = channel.Recorder.Events, TaskContinuationOptions.ExecuteSynchronously);

        channel.Channel.CloseAsync();
        channel.Run();

        Assert.Equal(["Inactive", "Unregistered", "Removed"], before);
    }

    [Fact]
    public void Who_asks_for_the_completion_after_it_gets_it()
    {
        using ScriptedChannel channel = new ScriptedChannel().Started();
        channel.Channel.CloseAsync();
        channel.Run();

        Assert.True(channel.Channel.CloseCompletion.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_close_in_an_event_does_not_bring_the_end_into_the_middle_of_it()
    {
        using var channel = new ScriptedChannel();
        channel.Recorder.OnActive = context =>
        {
            context.CloseAsync();
            context.FireUserEventTriggered("after");
            context.Channel.Pipeline.FireUserEventTriggered("after");
        };

        channel.Register();

        Assert.Equal(["Added", "Registered", "Active", "Event String", "Inactive", "Unregistered", "Removed"], channel.Recorder.Events);
    }

    [Fact]
    public void A_channel_that_was_never_active_is_never_inactive()
    {
        using var channel = new ScriptedChannel(connected: false);

        channel.Register();
        channel.Channel.CloseAsync();
        channel.Run();

        Assert.Equal(["Added", "Registered", "Unregistered", "Removed"], channel.Recorder.Events);
    }

    [Fact]
    public void A_channel_closed_while_it_is_registered_tells_no_activity_at_all()
    {
        using var channel = new ScriptedChannel(new Lambda { OnAdded = context => context.CloseAsync() });

        channel.Register();

        Assert.Equal(["Added", "Registered", "Unregistered", "Removed"], channel.Recorder.Events);
    }

    [Fact]
    public void Registering_twice_fails_and_changes_nothing()
    {
        using ScriptedChannel channel = new ScriptedChannel().Started();

        Task again = channel.Loop.RegisterAsync(channel.Channel);
        Task elsewhere = new EmbeddedEventLoop().RegisterAsync(channel.Channel);

        Assert.IsType<InvalidOperationException>(again.Exception!.InnerException);
        Assert.IsType<InvalidOperationException>(elsewhere.Exception!.InnerException);
        Assert.Same(channel.Loop, channel.Channel.EventLoop);
        Assert.True(channel.Channel.Active);
        Assert.Empty(channel.Recorder.Events);
    }

    [Fact]
    public async Task Of_two_loops_that_race_for_a_channel_one_gets_it()
    {
        for (int round = 0; round < 20; round++)
        {
            var channel = new TcpSocketChannel(null, new ScriptedSocket(), null, connected: true);
            channel.Configuration.AutoRead = false;
            SingleThreadEventLoop[] loops = [new("a"), new("b")];
            Task[] registrations = [.. loops.AsParallel().Select(loop => loop.RegisterAsync(channel))];

            await Within.Reached(Task.WhenAny(Task.WhenAll(registrations)));

            _ = Assert.Single(registrations, static registration => registration.IsCompletedSuccessfully);
            await Within.Reached(Task.WhenAll(loops.Select(static loop => loop.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard))));
        }
    }

    [Fact]
    public void A_channel_without_a_loop_says_so()
    {
        var channel = new TcpSocketChannel(null, new ScriptedSocket(), null, connected: true);

        Assert.Throws<InvalidOperationException>(() => channel.EventLoop);
        Assert.False(channel.Registered);
        channel.Unsafe.CloseForcibly();
    }

    [Fact]
    public void A_channel_closed_before_its_registration_cannot_be_registered()
    {
        using var channel = new ScriptedChannel();
        channel.Channel.CloseAsync();

        Task registration = channel.Register();

        Assert.IsType<ClosedChannelException>(registration.Exception!.InnerException);
        Assert.Empty(channel.Recorder.Events);
    }

    [Fact]
    public void A_deregistered_channel_is_told_and_belongs_to_its_loop_still()
    {
        using ScriptedChannel channel = new ScriptedChannel().Started();

        channel.Channel.DeregisterAsync();
        channel.Run();

        Assert.Equal(["Unregistered"], channel.Recorder.Events);
        Assert.False(channel.Channel.Registered);
        Assert.Same(channel.Loop, channel.Channel.EventLoop);
    }

    [Fact]
    public void A_channel_closed_after_it_was_deregistered_tells_its_end()
    {
        using ScriptedChannel channel = new ScriptedChannel().Started();
        channel.Channel.DeregisterAsync();
        channel.Run();
        channel.Recorder.Take();

        Task closing = channel.Channel.CloseAsync();
        channel.Run();

        Assert.True(closing.IsCompletedSuccessfully);
        Assert.Equal(["Inactive", "Removed"], channel.Recorder.Events);
    }

    [Fact]
    public void A_channel_with_disconnect_tells_its_end_once()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(EmbeddedChannelId.Instance, hasDisconnect: true, recorder);

        channel.DisconnectAsync();

        Assert.Equal(["Added", "Registered", "Active", "Inactive", "Unregistered", "Removed"], recorder.Events);
    }

    [Fact]
    public void Each_channel_has_an_id_of_its_own_and_compares_by_it()
    {
        using var first = new ScriptedChannel();
        using var second = new ScriptedChannel();

        Assert.NotEqual(first.Channel.Id.AsLongText(), second.Channel.Id.AsLongText());
        Assert.Same(first.Channel.Id, first.Channel.Id);
        Assert.Equal(0, first.Channel.CompareTo(first.Channel));
        Assert.NotEqual(0, first.Channel.CompareTo(second.Channel));
        Assert.NotNull(first.Channel.ToString());
    }

    [Fact]
    public void Addresses_are_those_of_the_socket()
    {
        using ScriptedChannel channel = new ScriptedChannel().Started();

        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 1), channel.Channel.LocalAddress);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 2), channel.Channel.RemoteAddress);
    }
}
