using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Tests.Channels.Sockets;
using EsockdNetty.TestSupport;
using Promise = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Transport.Tests.Channels;

public sealed class ChannelOutboundBufferTests : LeakFreeTests
{
    private readonly ScriptedChannel _channel = new ScriptedChannel().Started();

    private ChannelOutboundBuffer Buffer => _channel.Outbound;

    public override void Dispose()
    {
        _channel.Dispose();
        base.Dispose();
    }

    [Fact]
    public void Keeps_what_was_flushed_apart_from_what_was_not()
    {
        Add("a");
        Add("b");
        Buffer.AddFlush();
        Add("c");

        Assert.Equal((2, 1, false), (Buffer.Size, Buffer.Unflushed, Buffer.IsEmpty));
        Assert.Equal("a", Text(Buffer.Current));
        Assert.Equal(3, Buffer.TotalPendingWriteBytes());
        Assert.Equal(2, Buffer.NioBufferSize);
    }

    [Fact]
    public void Is_empty_at_first()
    {
        Assert.True(Buffer.IsEmpty);
        Assert.Null(Buffer.Current);
        Assert.False(Buffer.Remove());
        Assert.False(Buffer.Remove(new InvalidOperationException()));
    }

    [Fact]
    public void Keeps_the_order_however_often_its_ring_wraps_around()
    {
        var taken = new List<string>();
        int added = 0;
        for (int round = 0; round < 40; round++)
        {
            for (int i = 0; i <= round % 7; i++)
            {
                Add($"{added++}");
            }

            Buffer.AddFlush();
            for (int i = 0; i < 3 && !Buffer.IsEmpty; i++)
            {
                taken.Add(Text(Buffer.Current));
                Buffer.Remove();
            }
        }

        while (!Buffer.IsEmpty)
        {
            taken.Add(Text(Buffer.Current));
            Buffer.Remove();
        }

        Assert.Equal(Enumerable.Range(0, added).Select(static i => $"{i}"), taken);
    }

    [Fact]
    public void Sending_again_and_again_allocates_nothing_for_its_queue()
    {
        using Held hold = new(ScriptedChannel.Bytes("x"));
        Burst();
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++)
        {
            Burst();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);

        void Burst()
        {
            for (int i = 0; i < 40; i++)
            {
                Buffer.AddMessage(hold.Message.Retain(), 1, null);
            }

            Buffer.AddFlush();
            while (Buffer.Remove())
            {
            }
        }
    }

    [Fact]
    public void Removing_bytes_removes_whole_messages_and_advances_the_next()
    {
        Promise first = Add("abc");
        Promise second = Add("def");
        Promise third = Add("ghi");
        Buffer.AddFlush();

        Buffer.RemoveBytes(5);

        Assert.Equal("f", Text(Buffer.Current));
        Assert.Equal((true, false, false), (first.Task.IsCompleted, second.Task.IsCompleted, third.Task.IsCompleted));
        Buffer.RemoveBytes(4);
        Assert.True(Buffer.IsEmpty);
        Assert.True(second.Task.IsCompletedSuccessfully && third.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public void Removing_bytes_takes_empty_messages_along()
    {
        Promise empty = Add("");
        Promise full = Add("a");
        Promise emptyToo = Add("");
        Buffer.AddFlush();

        Buffer.RemoveBytes(1);

        Assert.True(empty.Task.IsCompleted && full.Task.IsCompleted && emptyToo.Task.IsCompleted);
    }

    [Fact]
    public void Shows_flushed_messages_until_it_is_told_to_stop()
    {
        Add("a");
        Add("b");
        Add("c");
        Buffer.AddFlush();
        Add("d");
        var all = new Collects(int.MaxValue);
        var two = new Collects(2);

        Buffer.ForEachFlushedMessage(all);
        Buffer.ForEachFlushedMessage(two);

        Assert.Equal(["a", "b", "c"], all.Seen);
        Assert.Equal(["a", "b"], two.Seen);
    }

    [Fact]
    public void Gives_the_flushed_bytes_as_segments_within_its_bounds()
    {
        Add("abc");
        Add("def");
        Add("ghi");
        Buffer.AddFlush();

        Assert.Equal("abcdefghi", Text(Buffer.GetSharedBufferList()));
        Assert.Equal("abcdef", Text(Buffer.GetSharedBufferList(2, 100)));
        Assert.Equal("abc", Text(Buffer.GetSharedBufferList(3, 5)));
        Assert.Equal("abc", Text(Buffer.GetSharedBufferList(3, 1)));
    }

    [Fact]
    public void Gives_no_more_segments_of_a_composite_than_asked_for()
    {
        CompositeByteBuffer composite = Unpooled.CompositeBuffer(100);
        for (int i = 0; i < 50; i++)
        {
            composite.AddComponent(true, ScriptedChannel.Bytes("x"));
        }

        Buffer.AddMessage(composite, 50, new Promise());
        Buffer.AddFlush();

        Assert.Equal(10, Buffer.GetSharedBufferList(10, 1000).Count);
    }

    [Fact]
    public void Failing_releases_fails_and_forgets_what_was_flushed_alone()
    {
        IByteBuffer message = ScriptedChannel.Bytes("a");
        var flushed = new Promise();
        Buffer.AddMessage(message, 1, flushed);
        Buffer.AddFlush();
        Promise unflushed = Add("b");

        Buffer.FailFlushed(new InvalidOperationException("on purpose"), true);

        Assert.Equal("on purpose", flushed.Task.Exception!.InnerException!.Message);
        Assert.Equal(0, message.ReferenceCount);
        Assert.False(unflushed.Task.IsCompleted);
        Assert.Equal(1, Buffer.TotalPendingWriteBytes());
    }

    [Fact]
    public void Failing_fails_in_the_order_of_the_writes_and_may_be_called_from_a_continuation_of_itself()
    {
        var order = new List<int>();
        for (int i = 0; i < 3; i++)
        {
            int number = i;
            _ = Add("a").Task.ContinueWith(
                _ =>
                {
                    order.Add(number);
                    Buffer.FailFlushed(new InvalidOperationException("inner"), true);
                },
                TaskContinuationOptions.ExecuteSynchronously);
        }

        Buffer.AddFlush();
        Buffer.FailFlushed(new InvalidOperationException("outer"), true);

        Assert.Equal([0, 1, 2], order);
    }

    [Fact]
    public void Removing_with_a_cause_fails_one_message()
    {
        Promise first = Add("a");
        Promise second = Add("b");
        Buffer.AddFlush();

        Buffer.Remove(new InvalidOperationException("on purpose"));

        Assert.True(first.Task.IsFaulted);
        Assert.False(second.Task.IsCompleted);
    }

    [Fact]
    public void Is_not_writable_above_the_high_mark_until_below_the_low_one()
    {
        _channel.Channel.Configuration.WriteBufferHighWaterMark = 10;
        _channel.Channel.Configuration.WriteBufferLowWaterMark = 5;

        Add("1234567890");
        bool atHigh = Buffer.IsWritable;
        Add("1");
        bool aboveHigh = Buffer.IsWritable;
        Buffer.AddFlush();
        Buffer.Remove();
        bool belowLow = Buffer.IsWritable;

        Assert.Equal((true, false, true), (atHigh, aboveHigh, belowLow));
        Assert.Equal(["Writable False", "Writable True"], _channel.Recorder.Events);
    }

    [Fact]
    public void Stays_not_writable_between_the_marks()
    {
        _channel.Channel.Configuration.WriteBufferHighWaterMark = 10;
        _channel.Channel.Configuration.WriteBufferLowWaterMark = 5;
        Add("123456");
        Add("123456");
        Buffer.AddFlush();

        Buffer.Remove();

        Assert.False(Buffer.IsWritable);
        Assert.Equal(0, Buffer.BytesBeforeUnwritable());
        Assert.Equal(2, Buffer.BytesBeforeWritable());
    }

    [Fact]
    public void Tells_how_much_may_be_written_before_it_is_not_writable()
    {
        _channel.Channel.Configuration.WriteBufferHighWaterMark = 10;
        Add("1234");

        Assert.Equal(7, Buffer.BytesBeforeUnwritable());
        Assert.Equal(0, Buffer.BytesBeforeWritable());
        Add("1234567");
        Assert.False(Buffer.IsWritable);
    }

    [Fact]
    public void Marks_of_zero_are_writable_again_when_nothing_waits()
    {
        _channel.Channel.Configuration.WriteBufferHighWaterMark = 0;
        Add("1");
        bool before = Buffer.IsWritable;
        Buffer.AddFlush();

        Buffer.Remove();

        Assert.False(before);
        Assert.True(Buffer.IsWritable);
    }

    [Fact]
    public void Reasons_of_the_application_make_it_not_writable_each_for_itself()
    {
        Buffer.SetUserDefinedWritability(1, false);
        Buffer.SetUserDefinedWritability(31, false);
        Buffer.SetUserDefinedWritability(1, true);
        (bool, bool, bool) between = (Buffer.IsWritable, Buffer.GetUserDefinedWritability(1), Buffer.GetUserDefinedWritability(31));
        Buffer.SetUserDefinedWritability(31, true);

        Assert.Equal((false, true, false), between);
        Assert.True(Buffer.IsWritable);
        Assert.Equal(["Writable False", "Writable True"], _channel.Recorder.Events);
        Assert.Throws<ArgumentOutOfRangeException>(() => Buffer.SetUserDefinedWritability(0, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => Buffer.SetUserDefinedWritability(32, false));
    }

    [Fact]
    public void A_write_in_the_event_of_the_writability_it_brought_about_is_not_lost()
    {
        _channel.Channel.Configuration.WriteBufferHighWaterMark = 10;
        bool wrote = false;
        _channel.Recorder.OnWritability = context =>
        {
            if (context.Channel.IsWritable && !wrote)
            {
                wrote = true;
                _ = context.WriteAndFlushAsync(ScriptedChannel.Bytes("more"));
            }
        };

        _ = _channel.Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("123456789012"));

        Assert.Equal("123456789012more", _channel.Socket.Sent);
    }

    [Fact]
    public void Compacting_keeps_the_bytes_and_at_most_twice_their_storage()
    {
        int[] sizes = [1, 300, 5000, 40_000];
        var expected = new List<byte>();
        foreach (int size in sizes)
        {
            byte[] bytes = new byte[size];
            Random.Shared.NextBytes(bytes);
            expected.AddRange(bytes);
            IByteBuffer message = PooledByteBufferAllocator.Default.Buffer(64 * 1024);
            message.WriteBytes(bytes);
            Buffer.AddMessage(message, size, null);
        }

        Buffer.AddFlush();
        Buffer.Compact();

        var kept = new List<byte>();
        for (int i = 0; i < sizes.Length; i++)
        {
            var message = (IByteBuffer)Buffer.FlushedMessage(i);
            Assert.InRange(message.StorageSize, 0, 2 * Math.Max(256, sizes[i]));
            kept.AddRange(message.ReadableSpan.ToArray());
        }

        Assert.Equal(expected, kept);
    }

    [Fact]
    public void Compacting_slices_of_one_large_buffer_lets_it_go()
    {
        IByteBuffer large = PooledByteBufferAllocator.Default.Buffer(64 * 1024);
        large.WriteBytes(new byte[64 * 1024]);
        for (int i = 0; i < 10; i++)
        {
            Buffer.AddMessage(large.RetainedSlice(i * 100, 100), 100, null);
        }

        large.Release();
        Buffer.AddFlush();
        Buffer.Compact();

        Assert.Equal(0, large.ReferenceCount);
        Assert.Equal(1000, Buffer.NioBufferSize);
    }

    private static string Text(object message) => ((IByteBuffer)message).ToString(Encoding.ASCII);

    private static string Text(List<ArraySegment<byte>> segments) => string.Concat(segments.Select(static segment => Encoding.ASCII.GetString(segment)));

    private Promise Add(string text)
    {
        var promise = new Promise();
        Buffer.AddMessage(ScriptedChannel.Bytes(text), text.Length, promise);
        return promise;
    }

    private sealed class Held(IByteBuffer message) : IDisposable
    {
        public IByteBuffer Message => message;

        public void Dispose() => message.Release();
    }

    private sealed class Collects(int most) : ChannelOutboundBuffer.IMessageProcessor
    {
        public List<string> Seen { get; } = [];

        public bool ProcessMessage(object msg)
        {
            Seen.Add(Text(msg));
            return Seen.Count < most;
        }
    }
}
