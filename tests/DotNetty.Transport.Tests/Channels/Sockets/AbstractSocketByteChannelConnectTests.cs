using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class AbstractSocketByteChannelConnectTests : LeakFreeTests
{
    private static readonly EndPoint Remote = new IPEndPoint(IPAddress.Loopback, 5000);

    private readonly ScriptedChannel _channel = new ScriptedChannel(connected: false).Started();

    private ScriptedSocket Socket => _channel.Socket;

    private TcpSocketChannel Channel => _channel.Channel;

    public override void Dispose()
    {
        _channel.Dispose();
        base.Dispose();
    }

    [Fact]
    public void A_connect_that_succeeds_makes_the_channel_active_and_reads()
    {
        Task connecting = Channel.ConnectAsync(Remote);
        (bool Done, bool Active) before = (connecting.IsCompleted, Channel.Active);

        Socket.Connects(SocketError.Success);
        _channel.Run();

        Assert.Equal((false, false), before);
        Assert.Equal(Remote, Socket.ConnectingTo);
        Assert.True(connecting.IsCompletedSuccessfully && Channel.Active && Socket.ReadWanted);
        Assert.Equal(["Active"], _channel.Recorder.Events);
    }

    [Fact]
    public void A_connect_that_is_refused_fails_and_closes_without_having_been_active()
    {
        Task connecting = Channel.ConnectAsync(Remote);

        Socket.Connects(SocketError.ConnectionRefused);
        _channel.Run();

        var fault = Assert.IsType<ConnectException>(connecting.Exception!.InnerException);
        Assert.Equal(SocketError.ConnectionRefused, ((SocketException)fault.InnerException!).SocketErrorCode);
        Assert.True(Socket.Closed);
        Assert.Equal(["Unregistered", "Removed"], _channel.Recorder.Events);
    }

    [Fact]
    public void A_connect_that_cannot_begin_fails()
    {
        Socket.ConnectFault = new SocketException((int)SocketError.AddressFamilyNotSupported);

        Task connecting = Channel.ConnectAsync(Remote);
        _channel.Run();

        Assert.IsType<ConnectException>(connecting.Exception!.InnerException);
        Assert.True(Socket.Closed);
    }

    [Fact]
    public void A_connect_that_takes_too_long_fails_at_its_timeout()
    {
        Channel.Configuration.ConnectTimeout = TimeSpan.FromSeconds(3);
        Task connecting = Channel.ConnectAsync(Remote);

        _channel.Advance(TimeSpan.FromSeconds(2.9));
        bool early = connecting.IsCompleted;
        _channel.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(early);
        Assert.IsType<ConnectTimeoutException>(connecting.Exception!.InnerException);
        Assert.True(Socket.Closed);
    }

    [Fact]
    public void The_timeout_of_a_connect_that_succeeded_does_nothing()
    {
        Channel.Configuration.ConnectTimeout = TimeSpan.FromSeconds(3);
        _ = Channel.ConnectAsync(Remote);
        Socket.Connects(SocketError.Success);
        _channel.Run();

        _channel.Advance(TimeSpan.FromSeconds(10));

        Assert.True(Channel.Active);
    }

    [Fact]
    public void A_close_cancels_a_connect_that_is_under_way()
    {
        Task connecting = Channel.ConnectAsync(Remote);

        Task closing = Channel.CloseAsync();
        _channel.Run();

        Assert.IsType<ClosedChannelException>(connecting.Exception!.InnerException);
        Assert.True(closing.IsCompletedSuccessfully);
        Assert.Equal(DotNetty.Common.PreciseTimeSpan.MinusOne, _channel.Loop.RunScheduledTasks());
        Assert.Equal(["Unregistered", "Removed"], _channel.Recorder.Events);
    }

    [Fact]
    public void A_connect_after_the_close_fails()
    {
        _ = Channel.CloseAsync();

        Task connecting = Channel.ConnectAsync(Remote);

        Assert.IsType<ClosedChannelException>(connecting.Exception!.InnerException);
        Assert.Null(Socket.ConnectingTo);
    }

    [Fact]
    public void A_close_in_the_continuation_of_the_connect_leaves_no_activity_behind()
    {
        _ = Channel.ConnectAsync(Remote).ContinueWith(_ => Channel.CloseAsync(), TaskContinuationOptions.ExecuteSynchronously);

        Socket.Connects(SocketError.Success);
        _channel.Run();

        Assert.Equal(["Unregistered", "Removed"], _channel.Recorder.Events);
    }

    [Fact]
    public void Two_connects_at_once_and_a_connect_of_a_connected_channel_fail()
    {
        _ = Channel.ConnectAsync(Remote);

        Task second = Channel.ConnectAsync(Remote);
        Socket.Connects(SocketError.Success);
        _channel.Run();
        Task third = Channel.ConnectAsync(Remote);

        Assert.IsType<ConnectionPendingException>(second.Exception!.InnerException);
        Assert.IsType<AlreadyConnectedException>(third.Exception!.InnerException);
        Assert.True(Channel.Active);
    }

    [Fact]
    public void A_connect_before_registration_fails_and_begins_nothing()
    {
        var socket = new ScriptedSocket();
        var channel = new TcpSocketChannel(null, socket, null, connected: false);

        Task connecting = channel.ConnectAsync(Remote);

        Assert.IsType<InvalidOperationException>(connecting.Exception!.InnerException);
        Assert.Null(socket.ConnectingTo);
        channel.Unsafe.CloseForcibly();
    }

    [Fact]
    public void A_local_address_is_bound_first()
    {
        var local = new IPEndPoint(IPAddress.Loopback, 4711);

        _ = Channel.ConnectAsync(Remote, local);

        Assert.Equal(local, Socket.LocalEndPoint);
    }

    [Fact]
    public void Writes_before_the_connect_fail_when_they_are_flushed()
    {
        Task write = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("early"));

        Assert.IsType<NotYetConnectedException>(write.Exception!.InnerException);
        Assert.Equal(0, Socket.SendCalls);
    }
}
