using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class AbstractSocketByteChannelWriteTests : LeakFreeTests
{
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
    public void All_ways_to_write_keep_their_order()
    {
        Channel.Write(ScriptedChannel.Bytes("a"));
        Task second = Channel.WriteAsync(ScriptedChannel.Bytes("b"));
        Channel.Write(ScriptedChannel.Bytes("c"));
        Task fourth = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("d"));

        Assert.Equal("abcd", Socket.Sent);
        Assert.True(second.IsCompletedSuccessfully && fourth.IsCompletedSuccessfully);
        Assert.Equal(1, Socket.SendCalls);
    }

    [Fact]
    public void What_was_never_flushed_is_never_sent()
    {
        Task write = Channel.WriteAsync(ScriptedChannel.Bytes("a"));
        _channel.Run();

        Assert.Equal(0, Socket.SendCalls);
        Assert.False(write.IsCompleted);
    }

    [Fact]
    public void A_flush_outside_a_read_sends_at_once()
    {
        _ = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("a"));
        _ = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("b"));

        Assert.Equal(2, Socket.SendCalls);
    }

    [Fact]
    public void Ten_writes_with_flush_in_one_read_are_one_send_after_its_end()
    {
        int sendsAtReadComplete = -1;
        var writes = new List<Task>();
        Recorder.OnRead = (context, message) =>
        {
            ((IByteBuffer)message).Release();
            for (int i = 0; i < 10; i++)
            {
                writes.Add(context.WriteAndFlushAsync(ScriptedChannel.Bytes($"{i}")));
            }
        };
        Recorder.OnReadComplete = _ => sendsAtReadComplete = Socket.SendCalls;

        _channel.Receive("go");

        Assert.Equal(0, sendsAtReadComplete);
        Assert.Equal(1, Socket.SendCalls);
        Assert.Equal("0123456789", Socket.Sent);
        Assert.All(writes, static write => Assert.True(write.IsCompletedSuccessfully));
    }

    [Fact]
    public void A_read_that_writes_very_much_sends_before_its_end()
    {
        int sendsInRead = 0;
        Recorder.OnRead = (context, message) =>
        {
            ((IByteBuffer)message).Release();
            for (int i = 0; i < 20; i++)
            {
                _ = context.WriteAndFlushAsync(ScriptedChannel.Bytes(8 * 1024));
            }

            sendsInRead = Socket.SendCalls;
        };

        _channel.Receive("go");

        Assert.True(sendsInRead > 0);
        Assert.Equal(20 * 8 * 1024, Socket.Sent.Length);
    }

    [Fact]
    public void A_read_that_flushes_very_often_sends_before_its_end()
    {
        int sendsInRead = 0;
        Recorder.OnRead = (context, message) =>
        {
            ((IByteBuffer)message).Release();
            for (int i = 0; i < 300; i++)
            {
                context.Write(ScriptedChannel.Bytes("x"));
                context.Flush();
            }

            sendsInRead = Socket.SendCalls;
        };

        _channel.Receive("go");

        Assert.Equal(1, sendsInRead);
        Assert.Equal(300, Socket.Sent.Length);
    }

    [Fact]
    public void A_partial_send_goes_on_with_the_rest()
    {
        Socket.Answers(TransportResult.Of(3), TransportResult.Of(0), TransportResult.Of(1));

        Task write = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("abcdefgh"));

        Assert.Equal(["abc", "", "d", "efgh"], Socket.Sends.Select(System.Text.Encoding.ASCII.GetString));
        Assert.True(write.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_partial_send_of_many_messages_completes_those_that_went_out_whole()
    {
        Socket.Answers(TransportResult.Of(4), TransportResult.WouldBlock);
        Task first = Channel.WriteAsync(ScriptedChannel.Bytes("abc"));
        Task second = Channel.WriteAsync(ScriptedChannel.Bytes("def"));

        Channel.Flush();
        (bool First, bool Second) before = (first.IsCompleted, second.IsCompleted);
        Socket.BecomesWritable();
        _channel.Run();

        Assert.Equal((true, false), before);
        Assert.True(second.IsCompletedSuccessfully);
        Assert.Equal("abcdef", Socket.Sent);
    }

    [Fact]
    public void A_send_that_would_wait_asks_for_writability_and_nothing_is_sent_before_it()
    {
        Socket.Answers(TransportResult.WouldBlock);
        Task first = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("a"));
        bool wanted = Socket.WriteWanted;

        Task second = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("b"));
        int calls = Socket.SendCalls;
        Socket.BecomesWritable();
        _channel.Run();

        Assert.True(wanted);
        Assert.Equal(1, calls);
        Assert.Equal("ab", Socket.Sent);
        Assert.True(first.IsCompletedSuccessfully && second.IsCompletedSuccessfully);
        Assert.False(Socket.WriteWanted);
    }

    [Fact]
    public void Promises_complete_in_the_order_of_the_writes()
    {
        var order = new List<int>();
        for (int i = 0; i < 5; i++)
        {
            int number = i;
            _ = Channel.WriteAsync(ScriptedChannel.Bytes("x")).ContinueWith(_ => order.Add(number), TaskContinuationOptions.ExecuteSynchronously);
        }

        Socket.Answers(TransportResult.Of(2), TransportResult.Of(1));
        Channel.Flush();

        Assert.Equal([0, 1, 2, 3, 4], order);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5000)]
    public void Many_sizes_arrive_whole_and_in_order(int largest)
    {
        var random = new Random(largest);
        var expected = new List<byte>();
        for (int i = 0; i < 100; i++)
        {
            byte[] bytes = new byte[random.Next(largest)];
            random.NextBytes(bytes);
            expected.AddRange(bytes);
            Channel.Write(Unpooled.WrappedBuffer(bytes));
            if (i % 10 == 0)
            {
                Socket.Answers(TransportResult.Of(random.Next(1, largest)), TransportResult.WouldBlock);
            }

            if (i % 7 == 0)
            {
                Channel.Flush();
            }
        }

        Channel.Flush();
        while (!_channel.Outbound.IsEmpty)
        {
            Socket.BecomesWritable();
            _channel.Run();
        }

        Assert.Equal(expected, Socket.Sends.SelectMany(static bytes => bytes));
    }

    [Fact]
    public void Empty_messages_complete_and_cost_no_send()
    {
        Task write = Channel.WriteAndFlushAsync(Unpooled.Empty);

        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal(0, Socket.SendCalls);
    }

    [Fact]
    public void A_composite_of_many_parts_goes_out_whole()
    {
        CompositeByteBuffer composite = Unpooled.CompositeBuffer(4000);
        for (int i = 0; i < 3000; i++)
        {
            composite.AddComponent(true, ScriptedChannel.Bytes("xyz"));
        }

        Task write = Channel.WriteAndFlushAsync(composite);
        while (!write.IsCompleted && Socket.SendCalls < 1000)
        {
            _channel.Run();
        }

        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal(string.Concat(Enumerable.Repeat("xyz", 3000)), Socket.Sent);
        Assert.All(Socket.Sends, static bytes => Assert.InRange(bytes.Length, 1, 4 * 1024));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_header_and_its_body_in_one_message_are_done_when_both_are_out(int firstSend)
    {
        int completions = 0;
        string body = new('b', 5000);
        Socket.Answers(TransportResult.Of(firstSend), TransportResult.WouldBlock);
        Task write = Channel.WriteAndFlushAsync(Channel.Allocator.CompositeBuffer(2).AddComponents(true, ScriptedChannel.Bytes("head"), ScriptedChannel.Bytes(body)));
        _ = write.ContinueWith(_ => completions++, TaskContinuationOptions.ExecuteSynchronously);

        int before = completions;
        long waiting = _channel.Outbound.NioBufferSize;
        Socket.BecomesWritable();
        _channel.Run();

        Assert.Equal((0, 5004 - firstSend, 1), (before, waiting, completions));
        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal("head" + body, Socket.Sent);
    }

    [Fact]
    public void A_header_and_its_body_that_cannot_be_sent_fail_once_and_are_released()
    {
        IByteBuffer header = ScriptedChannel.Bytes("head");
        IByteBuffer body = ScriptedChannel.Bytes(5000);
        Socket.Answers(TransportResult.Of(2), TransportResult.Failed(SocketError.ConnectionReset));

        Task write = Channel.WriteAndFlushAsync(Channel.Allocator.CompositeBuffer(2).AddComponents(true, header, body));

        Assert.True(write.IsFaulted);
        Assert.Equal((0, 0), (header.ReferenceCount, body.ReferenceCount));
    }

    [Fact]
    public void A_channel_that_can_always_send_gives_others_their_turn()
    {
        bool otherRan = false;
        Channel.Configuration.WriteSpinCount = 4;
        Socket.Answers([.. Enumerable.Repeat(TransportResult.Of(1), 10)]);
        Task write = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes(10));
        int sendsInOneTurn = Socket.SendCalls;
        _channel.Loop.Execute(() => otherRan = true);

        _channel.Run();

        Assert.Equal(4, sendsInOneTurn);
        Assert.True(otherRan);
        Assert.True(write.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_message_the_socket_cannot_send_fails_alone()
    {
        Task write = Channel.WriteAndFlushAsync("text");

        Assert.IsType<NotSupportedException>(write.Exception!.InnerException);
        Assert.True(Channel.Active);
    }

    [Fact]
    public void A_message_the_socket_cannot_send_and_nobody_waits_for_is_told_and_closes()
    {
        Channel.Write("text");
        _channel.Run();

        Assert.IsType<NotSupportedException>(Recorder.Exceptions.Single());
        Assert.True(Socket.Closed);
    }

    [Theory]
    [InlineData(SocketError.ConnectionReset)]
    [InlineData(SocketError.Shutdown)]
    public void A_send_that_fails_fails_all_writes_and_closes(SocketError error)
    {
        Socket.Answers(TransportResult.Of(1), TransportResult.Failed(error));
        Task flushed = Channel.WriteAsync(ScriptedChannel.Bytes("abc"));
        Task second = Channel.WriteAsync(ScriptedChannel.Bytes("def"));
        Channel.Flush();
        _channel.Run();

        Assert.IsType<ClosedChannelException>(flushed.Exception!.InnerException);
        Assert.Equal(error, ((SocketException)flushed.Exception.InnerException.InnerException!).SocketErrorCode);
        Assert.IsType<ClosedChannelException>(second.Exception!.InnerException);
        Assert.Equal(["Inactive", "Unregistered", "Removed"], Recorder.Events);
    }

    [Fact]
    public void A_send_that_fails_with_no_promise_to_tell_it_tells_the_pipeline()
    {
        Socket.Answers(TransportResult.Failed(SocketError.ConnectionReset));

        Channel.Write(ScriptedChannel.Bytes("abc"));
        Channel.Flush();
        _channel.Run();

        Assert.Equal(["Exception SocketException", "Inactive", "Unregistered", "Removed"], Recorder.Events);
    }

    [Fact]
    public void A_write_that_waits_is_found_broken_by_the_next_send()
    {
        Socket.Answers(TransportResult.WouldBlock, TransportResult.Failed(SocketError.ConnectionReset));
        Task write = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("abc"));

        Socket.BecomesWritable();
        _channel.Run();

        Assert.IsType<ClosedChannelException>(write.Exception!.InnerException);
        Assert.True(Socket.Closed);
    }

    [Fact]
    public void Writes_after_the_close_fail_and_are_released()
    {
        _ = Channel.CloseAsync();
        IByteBuffer waited = ScriptedChannel.Bytes("a");
        IByteBuffer dropped = ScriptedChannel.Bytes("b");

        Task write = Channel.WriteAndFlushAsync(waited);
        Channel.Write(dropped);

        Assert.IsType<ClosedChannelException>(write.Exception!.InnerException);
        Assert.Equal((0, 0), (waited.ReferenceCount, dropped.ReferenceCount));
        Assert.Empty(Recorder.Exceptions);
    }

    [Fact]
    public void A_write_in_the_continuation_of_a_write_is_sent_too()
    {
        _ = Channel.WriteAsync(ScriptedChannel.Bytes("a")).ContinueWith(
            _ => Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("b")), TaskContinuationOptions.ExecuteSynchronously);

        Channel.Flush();

        Assert.Equal("ab", Socket.Sent);
    }

    [Fact]
    public void What_waits_for_a_slow_peer_keeps_little_more_storage_than_its_bytes()
    {
        Socket.Answers(TransportResult.WouldBlock);
        IByteBuffer large = PooledByteBufferAllocator.Default.Buffer(64 * 1024);
        large.WriteBytes(new byte[300]);

        Task write = Channel.WriteAndFlushAsync(large);

        Assert.InRange(((IByteBuffer)_channel.Outbound.Current).StorageSize, 300, 2 * 300);
        Assert.Equal(0, large.ReferenceCount);
        Assert.False(write.IsCompleted);
    }

    [Fact]
    public void The_last_bytes_of_a_large_message_do_not_keep_all_of_it()
    {
        IByteBuffer large = PooledByteBufferAllocator.Default.Buffer(64 * 1024);
        large.WriteBytes(new byte[60 * 1024]);
        Socket.Answers(TransportResult.WouldBlock, TransportResult.Of((60 * 1024) - 1000), TransportResult.WouldBlock);
        _ = Channel.WriteAndFlushAsync(large);

        Socket.BecomesWritable();
        _channel.Run();

        Assert.InRange(((IByteBuffer)_channel.Outbound.Current).StorageSize, 1000, 2048);
    }

    [Fact]
    public void Small_messages_for_a_peer_that_does_not_read_keep_twice_their_bytes_and_no_entry_each()
    {
        const int Messages = 1000;
        const int Length = 66;
        Socket.Answers(TransportResult.WouldBlock);
        long before = BufferMemory.Held;
        for (int i = 0; i < Messages; i++)
        {
            // As a packet encoder hands them down.
            Channel.Write(PooledByteBufferAllocator.Default.Buffer(256).WriteBytes(Enumerable.Repeat((byte)('a' + (i % 26)), Length).ToArray()));
            Channel.Flush();
        }

        long held = BufferMemory.Held - before;
        long counted = _channel.Outbound.PendingStorage();
        int entries = _channel.Outbound.Size;
        long pending = _channel.Outbound.TotalPendingWriteBytes();
        Socket.BecomesWritable();
        _channel.Run();

        Assert.Equal(Messages * Length, pending);
        Assert.InRange(held, Messages * Length, 2 * Messages * Length);
        Assert.Equal(held, counted);
        Assert.InRange(entries, 1, Messages / 20);
        Assert.Equal(string.Concat(Enumerable.Range(0, Messages).Select(static i => new string((char)('a' + (i % 26)), Length))), Socket.Sent);
        Assert.Equal((0, 0), (_channel.Outbound.TotalPendingWriteBytes(), _channel.Outbound.PendingStorage()));
    }

    [Fact]
    public void A_small_part_of_a_large_shared_buffer_keeps_none_of_it_when_written_to_a_peer_that_does_not_read()
    {
        Socket.Answers(TransportResult.WouldBlock);
        Channel.Write(ScriptedChannel.Bytes("first"));
        Channel.Flush();
        IByteBuffer shared = PooledByteBufferAllocator.Default.Buffer(64 * 1024).WriteBytes(new byte[64 * 1024]);

        Channel.Write(shared.RetainedSlice(0, 5000));
        Channel.Flush();

        Assert.Equal(1, shared.ReferenceCount);
        Assert.InRange(_channel.Outbound.PendingStorage(), 5000, (2 * 5000) + 64);
        shared.Release();
    }

    [Fact]
    public void What_was_not_flushed_is_not_sent_with_what_was_to_a_peer_that_reads_again()
    {
        Socket.Answers(TransportResult.WouldBlock);
        Channel.Write(ScriptedChannel.Bytes("a"));
        Channel.Write(ScriptedChannel.Bytes("b"));
        Channel.Flush();
        Channel.Write(ScriptedChannel.Bytes("c"));
        Channel.Flush();
        Channel.Write(ScriptedChannel.Bytes("never"));

        Socket.BecomesWritable();
        _channel.Run();

        Assert.Equal("abc", Socket.Sent);
    }

    [Fact]
    public void A_message_that_somebody_waits_for_stays_apart_from_those_around_it()
    {
        Socket.Answers(TransportResult.WouldBlock, TransportResult.Of(3), TransportResult.WouldBlock);
        Channel.Write(ScriptedChannel.Bytes("a"));
        Channel.Write(ScriptedChannel.Bytes("b"));
        Task awaited = Channel.WriteAsync(ScriptedChannel.Bytes("c"));
        Channel.Write(ScriptedChannel.Bytes("d"));
        Channel.Flush();

        Socket.BecomesWritable();
        _channel.Run();

        Assert.True(awaited.IsCompletedSuccessfully);
        Assert.Equal("abc", Socket.Sent);
    }

    [Fact]
    public void A_message_written_much_later_does_not_share_the_age_of_one_that_waits()
    {
        Socket.Answers(TransportResult.WouldBlock);
        Channel.Write(ScriptedChannel.Bytes("a"));
        Channel.Write(ScriptedChannel.Bytes("b"));
        Channel.Flush();

        _channel.Advance(TimeSpan.FromSeconds(1));
        Channel.Write(ScriptedChannel.Bytes("c"));
        Channel.Flush();
        Socket.Answers(TransportResult.Of(2), TransportResult.WouldBlock);
        Socket.BecomesWritable();
        _channel.Run();

        Assert.Equal("ab", Socket.Sent);
        Assert.Equal(_channel.Loop.Now, Channel.OldestUnsent);
    }

    [Fact]
    public void Tells_how_long_the_oldest_unsent_message_has_waited()
    {
        Socket.Answers(TransportResult.WouldBlock);
        DotNetty.Common.PreciseTimeSpan before = _channel.Loop.Now;

        _ = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("a"));
        _channel.Advance(TimeSpan.FromSeconds(2));
        _ = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("b"));

        Assert.Equal(before, Channel.OldestUnsent);
        Socket.BecomesWritable();
        _channel.Run();
        Assert.Null(Channel.OldestUnsent);
        Assert.Equal(2, Channel.BytesSent);
        Assert.Equal(_channel.Loop.Now, Channel.LastSent);
    }
}
