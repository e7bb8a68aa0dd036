using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class AbstractSocketByteChannelCloseTests : LeakFreeTests
{
    private static readonly string[] End = ["Inactive", "Unregistered", "Removed"];

    private readonly ScriptedChannel _channel = new ScriptedChannel().Started();

    private ScriptedSocket Socket => _channel.Socket;

    private Recorder Recorder => _channel.Recorder;

    private TcpSocketChannel Channel => _channel.Channel;

    public override void Dispose()
    {
        _channel.Dispose();
        base.Dispose();
    }

    [Fact]
    public void An_idle_channel_closes_at_once_and_in_order()
    {
        Task closing = Channel.CloseAsync();
        _channel.Run();

        Assert.True(closing.IsCompletedSuccessfully);
        Assert.True(Socket is { OutputShutdown: true, Closed: true, WasReset: false });
        Assert.Equal(End, Recorder.Events);
        Assert.False(Channel.Open || Channel.Active || Channel.Registered);
    }

    [Fact]
    public void What_was_flushed_goes_out_before_the_end()
    {
        Socket.Answers(TransportResult.Of(1), TransportResult.WouldBlock);
        Task write = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("abc"));

        Task closing = Channel.CloseAsync();
        _channel.Run();
        (bool Written, bool Closed, bool Fin) before = (write.IsCompleted, closing.IsCompleted, Socket.OutputShutdown);
        Socket.BecomesWritable();
        _channel.Run();

        Assert.Equal((false, false, false), before);
        Assert.Equal("abc", Socket.Sent);
        Assert.True(write.IsCompletedSuccessfully && closing.IsCompletedSuccessfully && Socket.OutputShutdown);
    }

    [Fact]
    public void What_was_not_flushed_fails_at_once_and_is_never_sent()
    {
        Socket.Answers(TransportResult.WouldBlock);
        Task flushed = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("abc"));
        Task unflushed = Channel.WriteAsync(ScriptedChannel.Bytes("def"));

        _ = Channel.CloseAsync();
        bool failedAtOnce = unflushed.IsFaulted;
        Socket.BecomesWritable();
        _channel.Run();

        Assert.True(failedAtOnce);
        Assert.IsType<ClosedChannelException>(unflushed.Exception!.InnerException);
        Assert.True(flushed.IsCompletedSuccessfully);
        Assert.Equal("abc", Socket.Sent);
    }

    [Fact]
    public void Meanwhile_the_channel_is_open_but_neither_active_nor_writable()
    {
        Socket.Answers(TransportResult.WouldBlock);
        _ = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("abc"));

        Task closing = Channel.CloseAsync();
        _channel.Run();

        Assert.Equal((true, false, false, false), (Channel.Open, Channel.Active, Channel.IsWritable, closing.IsCompleted));
        Assert.False(Socket.ReadWanted);
        Assert.Empty(Recorder.Events);
    }

    [Fact]
    public void A_peer_that_does_not_read_is_reset_at_the_deadline()
    {
        Socket.Answers([.. Enumerable.Repeat(TransportResult.WouldBlock, 100)]);
        Task write = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("abc"));
        Task closing = Channel.CloseAsync();

        _channel.Advance(TimeSpan.FromSeconds(4.9));
        bool early = Socket.Closed;
        _channel.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(early);
        Assert.True(Socket is { Closed: true, WasReset: true });
        Assert.IsType<ClosedChannelException>(write.Exception!.InnerException);
        Assert.True(closing.IsCompletedSuccessfully);
    }

    [Fact]
    public void Unread_input_is_read_and_dropped_until_the_peer_ends()
    {
        Recorder.OnRead = (context, message) =>
        {
            ((IByteBuffer)message).Release();
            _ = context.WriteAndFlushAsync(ScriptedChannel.Bytes("no"));
            _ = context.CloseAsync();
        };
        Socket.Arrives("bad");
        Socket.Arrives("more");
        _channel.Run();
        (bool Closed, bool Fin, string Sent) lingering = (Socket.Closed, Socket.OutputShutdown, Socket.Sent);

        Socket.Arrives("and more");
        _channel.Run();
        bool stillOpen = !Socket.Closed;
        _channel.ReceiveEnd();

        Assert.Equal((false, true, "no"), lingering);
        Assert.True(stillOpen);
        Assert.True(Socket is { Closed: true, WasReset: false });
        Assert.Equal(["Read bad", "ReadComplete", .. End], Recorder.Events);
    }

    [Fact]
    public void A_peer_that_sent_something_just_now_may_send_more_and_is_waited_for()
    {
        _channel.Receive("request");
        _channel.Advance(TimeSpan.FromSeconds(0.9));

        _ = Channel.CloseAsync();
        _channel.Run();
        bool lingers = !Socket.Closed && Socket.OutputShutdown;
        _channel.ReceiveEnd();

        Assert.True(lingers);
        Assert.True(Socket is { Closed: true, WasReset: false });
    }

    [Fact]
    public void A_peer_that_has_been_silent_for_a_second_is_not_waited_for()
    {
        _channel.Receive("request");
        _channel.Advance(TimeSpan.FromSeconds(1));

        _ = Channel.CloseAsync();
        _channel.Run();

        Assert.True(Socket.Closed);
    }

    [Fact]
    public void Writes_that_fail_fail_in_their_order()
    {
        var order = new List<int>();
        Socket.Answers(TransportResult.WouldBlock);
        for (int i = 0; i < 6; i++)
        {
            int number = i;
            _ = Channel.WriteAsync(ScriptedChannel.Bytes("x")).ContinueWith(_ => order.Add(number), TaskContinuationOptions.ExecuteSynchronously);
            if (i == 2)
            {
                Channel.Flush();
            }
        }

        Channel.Unsafe.CloseForcibly();

        Assert.Equal([0, 1, 2, 3, 4, 5], order);
    }

    [Fact]
    public void Lingering_ends_after_two_seconds()
    {
        Socket.Arrives("unread");
        Channel.Configuration.AutoRead = false;
        _ = Channel.CloseAsync();
        _channel.Run();

        _channel.Advance(TimeSpan.FromSeconds(1.9));
        bool early = Socket.Closed;
        _channel.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(early);
        Assert.True(Socket.Closed);
    }

    [Fact]
    public void Lingering_ends_after_64_KiB()
    {
        Channel.Configuration.AutoRead = false;
        Socket.Arrives(new byte[1024]);
        _ = Channel.CloseAsync();
        _channel.Run();

        for (int i = 0; i < 62; i++)
        {
            Socket.Arrives(new byte[1024]);
            _channel.Run();
        }

        bool early = Socket.Closed;
        Socket.Arrives(new byte[2048]);
        _channel.Run();

        Assert.False(early);
        Assert.True(Socket.Closed);
    }

    [Fact]
    public void Lingering_that_finds_a_reset_ends()
    {
        Socket.Arrives("unread");
        Channel.Configuration.AutoRead = false;
        Task closing = Channel.CloseAsync();
        Socket.ArrivesError(SocketError.ConnectionReset);
        _channel.Run();

        Assert.True(closing.IsCompletedSuccessfully);
        Assert.Equal(End, Recorder.Events);
    }

    [Fact]
    public void A_socket_that_cannot_be_shut_down_is_closed_all_the_same()
    {
        Socket.ShutdownAnswer = SocketError.NotConnected;

        Task closing = Channel.CloseAsync();
        _channel.Run();

        Assert.True(Socket.Closed);
        Assert.True(closing.IsCompletedSuccessfully);
    }

    [Fact]
    public void Closing_forcibly_resets_and_fails_what_waits()
    {
        Socket.Answers(TransportResult.WouldBlock);
        Task flushed = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("abc"));
        Task unflushed = Channel.WriteAsync(ScriptedChannel.Bytes("def"));

        Channel.Unsafe.CloseForcibly();
        _channel.Run();

        Assert.True(Socket is { Closed: true, WasReset: true, OutputShutdown: false });
        Assert.True(flushed.IsFaulted && unflushed.IsFaulted);
        Assert.True(Channel.CloseCompletion.IsCompletedSuccessfully);
        Assert.Equal(End, Recorder.Events);
    }

    [Fact]
    public void Closing_forcibly_ends_a_close_that_waits()
    {
        Socket.Answers(TransportResult.WouldBlock);
        _ = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("abc"));
        Task closing = Channel.CloseAsync();

        Channel.Unsafe.CloseForcibly();
        _channel.Run();

        Assert.True(closing.IsCompletedSuccessfully);
        Assert.True(Socket.WasReset);
    }

    [Fact]
    public void Closing_many_times_closes_once()
    {
        Task[] closings = [Channel.CloseAsync(), Channel.DisconnectAsync(), Channel.CloseAsync()];
        _channel.Run();
        Task late = Channel.CloseAsync();

        Assert.All(closings.Append(late), static closing => Assert.True(closing.IsCompletedSuccessfully));
        Assert.Equal(End, Recorder.Events);
    }

    [Fact]
    public void A_flush_that_waits_for_the_end_of_the_read_is_sent_when_the_handler_closes()
    {
        Recorder.OnRead = (context, message) =>
        {
            _ = context.WriteAndFlushAsync(message);
            _ = context.CloseAsync();
        };
        Socket.Arrives("last words");
        Socket.ArrivesEnd();

        _channel.Run();

        Assert.Equal("last words", Socket.Sent);
        Assert.Equal(1, Socket.SendCalls);
        Assert.True(Socket.Closed);
    }

    [Fact]
    public void A_close_in_the_continuation_of_a_write_lets_the_flushed_writes_after_it_out()
    {
        Socket.Answers(TransportResult.Of(3));
        _ = Channel.WriteAsync(ScriptedChannel.Bytes("abc")).ContinueWith(_ => Channel.CloseAsync(), TaskContinuationOptions.ExecuteSynchronously);
        Task second = Channel.WriteAsync(ScriptedChannel.Bytes("def"));

        Channel.Flush();
        _channel.Run();

        Assert.Equal("abcdef", Socket.Sent);
        Assert.True(second.IsCompletedSuccessfully);
        Assert.True(Socket is { Closed: true, WasReset: false, OutputShutdown: true });
    }

    [Fact]
    public void A_forced_close_in_the_continuation_of_a_write_ends_the_sending()
    {
        Socket.Answers(TransportResult.Of(3));
        _ = Channel.WriteAsync(ScriptedChannel.Bytes("abc")).ContinueWith(_ => Channel.Unsafe.CloseForcibly(), TaskContinuationOptions.ExecuteSynchronously);
        Task second = Channel.WriteAsync(ScriptedChannel.Bytes("def"));

        Channel.Flush();
        _channel.Run();

        Assert.Equal("abc", Socket.Sent);
        Assert.True(second.IsFaulted);
    }

    [Fact]
    public void A_close_in_the_continuation_of_a_write_that_fails_changes_nothing()
    {
        Socket.Answers(TransportResult.Failed(SocketError.ConnectionReset));
        _ = Channel.WriteAsync(ScriptedChannel.Bytes("abc")).ContinueWith(_ => Channel.CloseAsync(), TaskContinuationOptions.ExecuteSynchronously);

        Channel.Flush();
        _channel.Run();

        Assert.Equal(End, Recorder.Events);
    }

    [Fact]
    public void The_end_of_input_with_bytes_still_to_send_sends_them_first()
    {
        Socket.Answers(TransportResult.WouldBlock);
        Task write = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("abc"));

        _channel.ReceiveEnd();
        bool early = Socket.Closed;
        Socket.BecomesWritable();
        _channel.Run();

        Assert.False(early);
        Assert.True(write.IsCompletedSuccessfully);
        Assert.True(Socket is { Closed: true, WasReset: false });
    }

    [Fact]
    public void A_reset_while_a_close_sends_ends_it()
    {
        Socket.Answers(TransportResult.WouldBlock, TransportResult.Failed(SocketError.ConnectionReset));
        Task write = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("abc"));
        Task closing = Channel.CloseAsync();

        Socket.BecomesWritable();
        _channel.Run();

        Assert.True(write.IsFaulted);
        Assert.True(closing.IsCompletedSuccessfully);
        Assert.Equal(End, Recorder.Events);
    }

    [Fact]
    public void A_channel_that_was_never_registered_is_closed_at_once_by_either_way()
    {
        var first = new ScriptedSocket();
        var second = new ScriptedSocket();
        var inOrder = new TcpSocketChannel(null, first, null, connected: true);
        var forcibly = new TcpSocketChannel(null, second, null, connected: true);

        Task closing = inOrder.CloseAsync();
        forcibly.Unsafe.CloseForcibly();

        Assert.True(closing.IsCompletedSuccessfully);
        Assert.True(first.Closed && second is { Closed: true, WasReset: true });
        Assert.True(inOrder.CloseCompletion.IsCompletedSuccessfully && forcibly.CloseCompletion.IsCompletedSuccessfully);
    }

    [Fact]
    public void Addresses_are_known_after_the_close()
    {
        _ = Channel.CloseAsync();
        _channel.Run();

        Assert.NotNull(Channel.LocalAddress);
        Assert.NotNull(Channel.RemoteAddress);
        Assert.Equal(-1, Channel.Descriptor);
    }

    [Fact]
    public void No_timer_is_left_behind()
    {
        Socket.Answers(TransportResult.WouldBlock);
        _ = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("abc"));
        _ = Channel.CloseAsync();
        Socket.BecomesWritable();
        _channel.Run();

        Assert.Equal(DotNetty.Common.PreciseTimeSpan.MinusOne, _channel.Loop.RunScheduledTasks());
    }
}
