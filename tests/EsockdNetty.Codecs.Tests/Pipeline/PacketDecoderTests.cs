using System.Text;
using DotNetty.Buffers;
using DotNetty.Common;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace EsockdNetty.Codecs.Tests.Pipeline;

public class PacketDecoderTests : LeakFreeTests
{
    private readonly List<EmbeddedChannel> _opened = [];

    public override void Dispose()
    {
        _opened.ForEach(channel => channel.FinishAndReleaseAll());
        base.Dispose();
    }

    [Fact]
    public void Fires_the_packets_of_a_buffer_one_by_one()
    {
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.Two));

        channel.WriteInbound(Received("\0\u0002ab\0\0\0\u0003cde\0"));

        Assert.Equal(["ab", "", "cde"], Packets(channel));
    }

    [Fact]
    public void Lines_keep_their_end()
    {
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.Line));

        channel.WriteInbound(Received("ab\r\n\nc"), Received("d\n"));

        Assert.Equal(["ab\r\n", "\n", "cd\n"], Packets(channel));
    }

    [Fact]
    public void Raw_bytes_pass_as_they_come()
    {
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.Raw, 1));

        channel.WriteInbound(Received("abc"), Received("de"));

        Assert.Equal(["abc", "de"], Packets(channel));
    }

    [Fact]
    public void A_packet_arrives_whole_when_its_bytes_come_one_by_one()
    {
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.Four));

        foreach (char value in "\0\0\0\u0003abc\0\0\0\0\0\0\0\u0001d")
        {
            channel.WriteInbound(Received(value.ToString()));
        }

        Assert.Equal(["abc", "", "d"], Packets(channel));
    }

    [Fact]
    public void Messages_that_are_no_bytes_pass()
    {
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.Two));

        channel.WriteInbound("text");

        Assert.Equal("text", channel.ReadInbound<string>());
    }

    [Fact]
    public void A_frame_too_long_is_reported_and_ends_the_connection_after_the_packets_before_it()
    {
        Faults faults = new();
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.Two, 3), faults);
        IByteBuffer received = Received("\0\u0003abc\0\u0004abcd\0\u0001e");

        channel.WriteInbound(received);

        Assert.Equal(["abc"], Packets(channel));
        PacketException error = Assert.IsType<PacketException>(Assert.Single(faults.Caught));
        Assert.Equal((PacketFault.FrameTooLong, 3L, 4L), (error.Kind, error.Limit, error.Length));
        Assert.False(channel.Open);
        Assert.Equal(0, received.ReferenceCount);
    }

    [Fact]
    public void A_frame_has_its_timeout_from_its_first_byte()
    {
        Faults faults = new();
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.Two), faults);
        channel.WriteInbound(Received("\0\u0001a\0"));

        channel.AdvanceTimeBy(TimeSpan.FromSeconds(9));
        channel.WriteInbound(Received("\u0003b"));
        channel.AdvanceTimeBy(TimeSpan.FromSeconds(0.999));
        bool openBefore = channel.Open;
        channel.AdvanceTimeBy(TimeSpan.FromSeconds(0.001));

        PacketException error = Assert.IsType<PacketException>(Assert.Single(faults.Caught));
        Assert.True(openBefore);
        Assert.Equal((PacketFault.FrameTimeout, 10_000L, 3L), (error.Kind, error.Limit, error.Length));
        Assert.False(channel.Open);
    }

    [Fact]
    public void Every_KiB_received_gives_a_frame_another_second()
    {
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.Two), new Faults());
        channel.WriteInbound(Received("\u0020\0" + new string('x', 3 * 1024)));

        EndsAfter(TimeSpan.FromSeconds(13), channel);
    }

    [Fact]
    public void The_next_frame_has_its_own_time()
    {
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.Two), new Faults());
        channel.WriteInbound(Received("\0\u0002a"));
        channel.AdvanceTimeBy(TimeSpan.FromSeconds(9));
        channel.WriteInbound(Received("b\0"));

        EndsAfter(TimeSpan.FromSeconds(10), channel);
    }

    [Fact]
    public void No_timer_is_set_before_a_frame_is_incomplete_and_none_stays_when_nothing_is()
    {
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.Two));
        channel.WriteInbound(Received("\0\u0001a"));
        PreciseTimeSpan before = channel.RunScheduledPendingTasks();

        channel.WriteInbound(Received("\0\u0001"));
        PreciseTimeSpan incomplete = channel.RunScheduledPendingTasks();
        channel.WriteInbound(Received("b"));
        channel.AdvanceTimeBy(TimeSpan.FromSeconds(10));
        PreciseTimeSpan after = channel.RunScheduledPendingTasks();

        Assert.Equal(PreciseTimeSpan.MinusOne, before);
        Assert.NotEqual(PreciseTimeSpan.MinusOne, incomplete);
        Assert.Equal(PreciseTimeSpan.MinusOne, after);
        Assert.True(channel.Open);
    }

    [Fact]
    public void No_timeout_is_asked_for_with_null_and_zero_is_none()
    {
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.Two) { FrameTimeout = null });
        channel.WriteInbound(Received("\0"));

        channel.AdvanceTimeBy(TimeSpan.FromDays(1));

        Assert.True(channel.Open);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PacketDecoder(PacketType.Two) { FrameTimeout = TimeSpan.Zero });
    }

    [Fact]
    public void Time_in_which_nobody_reads_does_not_count()
    {
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.Two), new Faults());
        channel.Configuration.AutoRead = false;
        channel.WriteInbound(Received("\0\u0001a\0\u0002b"));

        channel.AdvanceTimeBy(TimeSpan.FromMinutes(1));
        channel.Read();

        EndsAfter(TimeSpan.FromSeconds(10), channel);
    }

    [Fact]
    public void An_incomplete_frame_is_dropped_with_the_connection()
    {
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.Two), new Faults());
        channel.WriteInbound(Received("\0\u0002a"));

        bool delivered = channel.Finish();

        Assert.False(delivered);
        Assert.Equal(PreciseTimeSpan.MinusOne, channel.RunScheduledPendingTasks());
    }

    [Fact]
    public void An_incomplete_frame_is_dropped_when_the_peer_sends_nothing_more()
    {
        PacketDecoder decoder = new(PacketType.Two);
        EmbeddedChannel channel = Open(decoder, new Faults());
        channel.WriteInbound(Received("\0\u0002a"));

        channel.Pipeline.FireUserEventTriggered(ChannelInputShutdownEvent.Instance);
        channel.AdvanceTimeBy(TimeSpan.FromMinutes(1));

        Assert.Equal(0, decoder.PendingBytes);
        Assert.True(channel.Open);
    }

    [Fact]
    public void After_256_packets_others_have_their_turn()
    {
        Turns turns = new();
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.One), turns);

        channel.WriteInbound(Received(new string('\0', 600)));
        channel.RunPendingTasks();

        Assert.Equal([256, 256, 88], turns.Counts);
    }

    [Fact]
    public void A_stage_behind_that_withholds_the_read_ends_it_after_a_turn()
    {
        Turns turns = new();
        Brake brake = new();
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.One), brake, turns);
        brake.IsOn = true;

        channel.WriteInbound(Received(new string('\0', 600)));
        channel.RunPendingTasks();
        int[] before = [.. turns.Counts];
        brake.IsOn = false;
        channel.Read();
        channel.RunPendingTasks();

        Assert.Equal([256], before);
        Assert.Equal([256, 256, 88], turns.Counts);
    }

    [Fact]
    public void A_turn_of_its_own_ends_with_one_flush_however_many_were_asked_for()
    {
        Flushes flushes = new();
        EmbeddedChannel channel = Open(flushes, new PacketDecoder(PacketType.One), new FlushesAfterEach());

        channel.WriteInbound(Received(new string('\0', 600)));

        Assert.Equal(256 + 1 + 1, flushes.Count);
    }

    [Fact]
    public void A_handler_that_asks_after_each_packet_makes_nothing_pile_up()
    {
        Reads reads = new();
        EmbeddedChannel channel = Open(reads, new PacketDecoder(PacketType.One), new ReadsAfterEach());
        channel.Configuration.AutoRead = false;
        int before = reads.Count;

        channel.Pipeline.FireChannelRead(Received(new string('\0', 300)));
        int readsWhileSomeAreLeft = reads.Count - before;
        channel.RunPendingTasks();

        Assert.Equal(0, readsWhileSomeAreLeft);
        Assert.Equal(1, reads.Count - before);
    }

    [Fact]
    public void What_is_left_after_a_turn_waits_for_who_does_not_ask()
    {
        Turns turns = new();
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.One), turns);
        channel.Configuration.AutoRead = false;

        channel.WriteInbound(Received(new string('\0', 300)));
        channel.RunPendingTasks();
        int[] before = [.. turns.Counts];
        channel.Read();
        channel.RunPendingTasks();

        Assert.Equal([256], before);
        Assert.Equal([256, 44], turns.Counts);
    }

    [Fact]
    public void While_the_channel_is_not_writable_nothing_is_delivered_and_nothing_read()
    {
        Reads reads = new();
        EmbeddedChannel channel = Open(reads, new PacketDecoder(PacketType.One));
        MakeUnwritable(channel);
        int readsBefore = reads.Count;

        channel.WriteInbound(Received("\u0001a\u0001b"));
        string[] before = [.. Packets(channel)];
        int readsWhile = reads.Count;
        channel.Flush();
        channel.RunPendingTasks();

        Assert.Empty(before);
        Assert.Equal(readsBefore, readsWhile);
        Assert.Equal(["a", "b"], Packets(channel));
        Assert.Equal(readsBefore + 1, reads.Count);
    }

    [Fact]
    public void Time_in_which_the_channel_is_not_writable_is_not_held_against_the_peer()
    {
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.One), new Faults());
        channel.WriteInbound(Received("\u0002a"));
        MakeUnwritable(channel);

        channel.AdvanceTimeBy(TimeSpan.FromSeconds(10));
        bool openBefore = channel.Open;
        channel.Flush();
        channel.AdvanceTimeBy(TimeSpan.FromSeconds(10));

        Assert.True(openBefore);
        Assert.False(channel.Open);
    }

    [Fact]
    public void Bytes_that_come_while_a_packet_is_handled_wait_for_their_turn()
    {
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.One), new ReceivesMoreDuringTheFirst(Received("\u0001d\u0001")));

        channel.WriteInbound(Received("\u0001a\u0001b\u0001c"), Received("e"));

        Assert.Equal(["a", "b", "c", "d", "e"], Packets(channel));
    }

    [Fact]
    public void A_read_that_gave_no_packet_is_followed_by_another()
    {
        Reads reads = new();
        EmbeddedChannel channel = Open(reads, new PacketDecoder(PacketType.One));
        channel.Configuration.AutoRead = false;
        int before = reads.Count;

        channel.WriteInbound(Received("\u0002a"));
        int afterPart = reads.Count;
        channel.WriteInbound(Received("b"));

        Assert.Equal(before + 1, afterPart);
        Assert.Equal(afterPart, reads.Count);
    }

    [Fact]
    public void A_handler_that_closes_gets_no_more_packets()
    {
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.One), new CloseAfterFirst());
        IByteBuffer received = Received("\u0001a\u0001b");

        channel.WriteInbound(received);

        Assert.Equal(["a"], Packets(channel));
        Assert.Equal(0, received.ReferenceCount);
    }

    [Fact]
    public void When_removed_it_hands_on_what_it_has_not_used()
    {
        EmbeddedChannel channel = Open(new PacketDecoder(PacketType.One));
        channel.WriteInbound(Received("\u0001a\u0005bc"));

        channel.Pipeline.Remove<PacketDecoder>();
        channel.WriteInbound(Received("de"));

        Assert.Equal(["a", "\u0005bc", "de"], Packets(channel));
    }

    [Fact]
    public void Replaced_within_a_packet_it_leaves_the_rest_to_the_new_type()
    {
        PacketDecoder numbers = new(PacketType.One);
        EmbeddedChannel channel = Open(numbers, new SwitchToLines(numbers));

        channel.WriteInbound(Received("\u0001aab\ncd\nef"));

        Assert.Equal(["a", "ab\n", "cd\n"], Packets(channel).Order());
    }

    private EmbeddedChannel Open(params IChannelHandler[] handlers)
    {
        EmbeddedChannel channel = new(handlers);
        _opened.Add(channel);
        return channel;
    }

    private static IByteBuffer Received(string text) => Unpooled.CopiedBuffer(Encoding.Latin1.GetBytes(text));

    /// <summary>Then, and not a tenth of a second before.</summary>
    private static void EndsAfter(TimeSpan time, EmbeddedChannel channel)
    {
        TimeSpan last = TimeSpan.FromSeconds(0.1);
        channel.AdvanceTimeBy(time - last);
        bool openBefore = channel.Open;
        channel.AdvanceTimeBy(last);

        Assert.Equal((true, false), (openBefore, channel.Open));
    }

    private static void MakeUnwritable(EmbeddedChannel channel)
    {
        channel.Configuration.WriteBufferLowWaterMark = 4;
        channel.Configuration.WriteBufferHighWaterMark = 8;
        _ = channel.WriteAsync(Unpooled.WrappedBuffer(new byte[100]));
        Assert.False(channel.IsWritable);
    }

    private static List<string> Packets(EmbeddedChannel channel)
    {
        List<string> packets = [];
        while (channel.ReadInbound<IByteBuffer>() is { } packet)
        {
            packets.Add(packet.ToString(Encoding.Latin1));
            packet.Release();
        }

        return packets;
    }

    private sealed class Brake : ChannelHandlerAdapter
    {
        public bool IsOn { get; set; }

        public override void Read(IChannelHandlerContext context)
        {
            if (!IsOn) context.Read();
        }
    }

    private sealed class Turns : ChannelHandlerAdapter
    {
        private int _count;

        public List<int> Counts { get; } = [];

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            _count++;
            ((IByteBuffer)message).Release();
        }

        public override void ChannelReadComplete(IChannelHandlerContext context)
        {
            Counts.Add(_count);
            _count = 0;
        }
    }

    private sealed class Reads : ChannelHandlerAdapter
    {
        public int Count { get; private set; }

        public override void Read(IChannelHandlerContext context)
        {
            Count++;
            context.Read();
        }
    }

    private sealed class Flushes : ChannelHandlerAdapter
    {
        public int Count { get; private set; }

        public override void Flush(IChannelHandlerContext context)
        {
            Count++;
            context.Flush();
        }
    }

    private sealed class FlushesAfterEach : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            ((IByteBuffer)message).Release();
            context.Flush();
        }
    }

    private sealed class ReadsAfterEach : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            ((IByteBuffer)message).Release();
            context.Read();
        }
    }

    private sealed class CloseAfterFirst : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            context.FireChannelRead(message);
            _ = context.CloseAsync();
        }
    }

    private sealed class ReceivesMoreDuringTheFirst(IByteBuffer more) : ChannelHandlerAdapter
    {
        private IByteBuffer? _more = more;

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            IByteBuffer? more = _more;
            _more = null;
            if (more is not null) context.Channel.Pipeline.FireChannelRead(more);
            context.FireChannelRead(message);
        }
    }

    private sealed class SwitchToLines(PacketDecoder current) : ChannelHandlerAdapter
    {
        private bool _isSwitched;

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            context.FireChannelRead(message);
            if (_isSwitched) return;

            _isSwitched = true;
            context.Channel.Pipeline.Replace(current, null, new PacketDecoder(PacketType.Line));
        }
    }
}
