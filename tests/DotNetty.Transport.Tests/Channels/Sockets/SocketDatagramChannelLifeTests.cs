using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class SocketDatagramChannelLifeTests : LeakFreeTests
{
    private static readonly IPEndPoint Group = new(IPAddress.Parse("239.1.2.3"), 0);

    private readonly ScriptedDatagramChannel _channel = new();

    private ScriptedDatagramSocket Socket => _channel.Socket;

    private Recorder Recorder => _channel.Recorder;

    private SocketDatagramChannel Channel => _channel.Channel;

    public override void Dispose()
    {
        _channel.Dispose();
        base.Dispose();
    }

    [Fact]
    public void Connecting_makes_a_channel_active_that_was_not_bound()
    {
        _channel.Register();
        Recorder.Take();

        Task connect = Channel.ConnectAsync(ScriptedDatagramSocket.Peer);
        _channel.Run();

        Assert.True(connect.IsCompletedSuccessfully);
        Assert.True(Channel.IsConnected() && Channel.Active);
        Assert.Equal(ScriptedDatagramSocket.Peer, Channel.RemoteAddress);
        Assert.Equal(["Active"], Recorder.Events);
    }

    [Fact]
    public void Connecting_may_bind_first()
    {
        _channel.Register();

        Task connect = Channel.ConnectAsync(ScriptedDatagramSocket.Peer, ScriptedDatagramChannel.Other);

        Assert.True(connect.IsCompletedSuccessfully);
        Assert.Equal(ScriptedDatagramChannel.Other, Channel.LocalAddress);
    }

    [Fact]
    public void A_bound_channel_that_connects_is_active_once()
    {
        _channel.Connected();

        Assert.Empty(Recorder.Events);
        Assert.True(Channel.Active);
    }

    [Fact]
    public async Task Connecting_twice_is_refused()
    {
        _channel.Connected();

        await Assert.ThrowsAsync<AlreadyConnectedException>(() => Channel.ConnectAsync(ScriptedDatagramChannel.Other));

        Assert.Equal(ScriptedDatagramSocket.Peer, Socket.ConnectedTo);
    }

    [Fact]
    public async Task A_connect_that_fails_leaves_a_bound_channel_as_it_was()
    {
        _channel.Bound();
        Socket.Fault = new SocketException((int)SocketError.NetworkUnreachable);

        await Assert.ThrowsAsync<ConnectException>(() => Channel.ConnectAsync(ScriptedDatagramSocket.Peer));

        Assert.True(Channel.Active && !Channel.IsConnected());
    }

    [Fact]
    public void A_disconnected_channel_is_still_bound_and_may_connect_again()
    {
        _channel.Connected();

        Task disconnect = Channel.DisconnectAsync();
        _channel.Run();
        bool active = Channel.Active && !Channel.IsConnected() && Channel.RemoteAddress is null;
        Task connect = Channel.ConnectAsync(ScriptedDatagramChannel.Other);

        Assert.True(disconnect.IsCompletedSuccessfully && active && connect.IsCompletedSuccessfully);
        Assert.Equal(ScriptedDatagramChannel.Other, Socket.ConnectedTo);
        Assert.Empty(Recorder.Events);
    }

    [Fact]
    public void A_close_ends_at_once_where_nothing_waits()
    {
        _channel.Bound();

        Task close = Channel.CloseAsync();
        _channel.Run();

        Assert.True(close.IsCompletedSuccessfully && Socket.Closed);
        Assert.Equal(["Inactive", "Unregistered"], Recorder.Events.Where(static what => what != "Removed"));
    }

    [Theory]
    [InlineData(SocketError.WouldBlock)]
    [InlineData(SocketError.NoBufferSpaceAvailable)]
    public void What_was_flushed_goes_out_before_the_end(SocketError delay)
    {
        _channel.Bound();
        Socket.Answers(delay);

        Task write = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Packet("last"));
        Task close = Channel.CloseAsync();
        bool waited = !close.IsCompleted && !Channel.Active && !Socket.ReadWanted;
        Socket.BecomesWritable();
        _channel.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(waited);
        Assert.True(write.IsCompletedSuccessfully && close.IsCompletedSuccessfully && Socket.Closed);
        Assert.Equal(["last to 127.0.0.1:9"], Socket.Sent);
    }

    [Fact]
    public void A_turn_given_to_others_does_not_keep_a_close_from_sending_the_rest()
    {
        _channel.Bound();
        for (int i = 0; i < 20; i++)
        {
            Channel.Write(ScriptedDatagramChannel.Packet("x"));
        }

        Channel.Flush();
        Task close = Channel.CloseAsync();
        _channel.Run();

        Assert.Equal(20, Socket.Sent.Count);
        Assert.True(close.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task What_cannot_be_sent_until_the_deadline_fails()
    {
        _channel.Bound();
        Socket.Answers(SocketError.WouldBlock);

        Task write = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Packet("last"));
        Task close = Channel.CloseAsync();
        _channel.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(10));
        bool closedEarly = Socket.Closed;
        _channel.Advance(TimeSpan.FromTicks(10));

        Assert.False(closedEarly);
        Assert.True(Socket.Closed && close.IsCompletedSuccessfully);
        await Assert.ThrowsAsync<ClosedChannelException>(() => write);
    }

    [Fact]
    public async Task Closing_forcibly_ends_a_wait_for_buffers()
    {
        _channel.Bound();
        Socket.Answers(SocketError.NoBufferSpaceAvailable);

        Task write = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Packet("a"));
        Channel.Unsafe.CloseForcibly();
        _channel.Advance(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAsync<ClosedChannelException>(() => write);
        Assert.Equal(1, Socket.SendCalls);
    }

    [Fact]
    public void A_close_in_the_continuation_of_a_write_lets_the_flushed_writes_after_it_out()
    {
        _channel.Bound();

        Task first = Channel.WriteAsync(ScriptedDatagramChannel.Packet("a"));
        _ = first.ContinueWith(_ => Channel.CloseAsync(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        Task second = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Packet("b"));
        _channel.Run();

        Assert.True(second.IsCompletedSuccessfully && Socket.Closed);
        Assert.Equal(2, Socket.Sent.Count);
    }

    [Fact]
    public void Groups_are_joined_and_left()
    {
        _channel.Bound();

        Task[] changes =
        [
            Channel.JoinGroup(Group),
            Channel.JoinGroup(Group, null, ScriptedDatagramSocket.Peer),
            Channel.LeaveGroup(new IPEndPoint(Group.Address.MapToIPv6(), 0), null, ScriptedDatagramSocket.Peer),
            Channel.LeaveGroup(Group, new DotNetty.Common.Concurrency.TaskCompletionSource()),
        ];

        Assert.All(changes, static change => Assert.True(change.IsCompletedSuccessfully));
        Assert.Equal(
            ["joined 239.1.2.3 on any from any", "joined 239.1.2.3 on any from 127.0.0.1", "left 239.1.2.3 on any from 127.0.0.1", "left 239.1.2.3 on any from any"],
            Socket.Memberships);
    }

    [Fact]
    public async Task A_group_that_cannot_be_joined_fails_the_promise_and_nothing_else()
    {
        _channel.Bound();
        Socket.Fault = new SocketException((int)SocketError.InvalidArgument);
        var promise = new DotNetty.Common.Concurrency.TaskCompletionSource();

        Task join = Channel.JoinGroup(Group, promise);

        await Assert.ThrowsAsync<SocketException>(() => join);
        Assert.True(promise.Task.IsFaulted && Channel.Active);
    }

    [Fact]
    public async Task A_closed_channel_joins_nothing()
    {
        _channel.Bound();
        _ = Channel.CloseAsync();
        _channel.Run();

        await Assert.ThrowsAsync<ClosedChannelException>(() => Channel.JoinGroup(Group));
    }

    [Fact]
    public void No_timer_is_left_behind()
    {
        _channel.Bound();
        Socket.Answers(SocketError.NoBufferSpaceAvailable);

        _ = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Packet("a"));
        _ = Channel.CloseAsync();
        _channel.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(Socket.Closed);
        Assert.Equal(DotNetty.Common.PreciseTimeSpan.MinusOne, _channel.Loop.RunScheduledTasks());
    }
}
