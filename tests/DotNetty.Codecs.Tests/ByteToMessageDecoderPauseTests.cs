using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests;

public sealed class ByteToMessageDecoderPauseTests : LeakFreeTests
{
    [Fact]
    public void Decodes_nothing_while_the_channel_is_not_writable()
    {
        var recorder = new Recorder();
        var decoder = new ScriptedDecoder();
        var channel = new EmbeddedChannel(decoder, recorder);
        channel.SetWritable(false);

        channel.WriteInbound(Bytes(1, 2));

        Assert.Equal("complete", recorder.Story);
        Assert.Equal(0, decoder.Decodes);
        channel.Finish();
    }

    [Fact]
    public void Resumes_when_the_channel_is_writable_again_and_ends_the_batch()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new ScriptedDecoder(), recorder);
        channel.SetWritable(false);
        channel.WriteInbound(Bytes(1, 2));

        channel.SetWritable(true);
        int insideTheEvent = recorder.Log.Count;
        channel.RunPendingTasks();

        Assert.Equal(1, insideTheEvent);
        Assert.Equal("complete 1 2 complete", recorder.Story);
    }

    [Fact]
    public void Pauses_behind_the_message_that_filled_the_channel()
    {
        var recorder = new Recorder((context, message) =>
        {
            if (message is 2)
            {
                ((EmbeddedChannel)context.Channel).SetWritable(false);
            }
        });
        var channel = new EmbeddedChannel(new ScriptedDecoder(), recorder);

        channel.WriteInbound(Bytes(1, 2, 3));
        string paused = recorder.Story;
        channel.SetWritable(true);
        channel.RunPendingTasks();

        Assert.Equal("1 2 complete", paused);
        Assert.Equal("1 2 complete 3 complete", recorder.Story);
    }

    [Fact]
    public void Bytes_and_messages_that_come_while_paused_keep_their_order()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new ScriptedDecoder(ScriptedDecoder.Pair), recorder);
        channel.SetWritable(false);

        channel.WriteInbound(Bytes(0, 1, 0), Bytes(2), "text", Bytes(0, 3));
        channel.SetWritable(true);
        channel.RunPendingTasks();

        Assert.Equal("complete 1 2 text 3 complete", recorder.Story);
    }

    [Fact]
    public void Withholds_reads_while_it_holds_bytes_and_passes_them_on_after()
    {
        var channel = new EmbeddedChannel(new ScriptedDecoder(), new Recorder());
        channel.SetWritable(false);

        channel.WriteInbound(Bytes(1));
        bool whilePaused = channel.ReadPending;
        channel.SetWritable(true);
        channel.RunPendingTasks();

        Assert.False(whilePaused);
        Assert.True(channel.ReadPending);
    }

    [Fact]
    public void Withholds_nothing_while_it_holds_nothing()
    {
        EmbeddedChannel channel = ReadOnDemand(new ScriptedDecoder());
        channel.SetWritable(false);

        channel.Read();

        Assert.True(channel.ReadPending);
    }

    [Fact]
    public void Resumes_without_a_read_where_nobody_asked_for_one()
    {
        EmbeddedChannel channel = ReadOnDemand(new ScriptedDecoder(), new Recorder());
        channel.SetWritable(false);
        channel.WriteInbound(Bytes(1));

        channel.SetWritable(true);
        channel.RunPendingTasks();

        Assert.False(channel.ReadPending);
    }

    [Fact]
    public void A_read_answered_by_nothing_but_held_bytes_is_asked_for_again_when_they_make_no_message()
    {
        EmbeddedChannel channel = ReadOnDemand(new ScriptedDecoder(ScriptedDecoder.Pair), new Recorder());
        channel.SetWritable(false);
        channel.WriteInbound(Bytes(1));
        bool whilePaused = channel.ReadPending;

        channel.SetWritable(true);
        channel.RunPendingTasks();

        Assert.False(whilePaused);
        Assert.True(channel.ReadPending);
        channel.Finish();
    }

    [Fact]
    public void A_read_asked_for_inside_a_batch_waits_for_its_end()
    {
        EmbeddedChannel channel = null!;
        bool inside = true;
        channel = ReadOnDemand(new ScriptedDecoder(), new Recorder((context, _) =>
        {
            context.Read();
            inside = channel.ReadPending;
        }));

        channel.WriteInbound(Bytes(1));

        Assert.False(inside);
        Assert.True(channel.ReadPending);
    }

    [Fact]
    public void Pauses_of_two_decoders_compose()
    {
        var recorder = new Recorder((context, message) =>
        {
            if (message is 1)
            {
                ((EmbeddedChannel)context.Channel).SetWritable(false);
            }
        });
        var copies = new ScriptedDecoder((_, input, output) => output.Add(input.ReadBytes(Math.Min(2, input.ReadableBytes))));
        var channel = new EmbeddedChannel(copies, new ScriptedDecoder(), recorder);

        channel.WriteInbound(Bytes(1, 2, 3, 4));
        bool whilePaused = channel.ReadPending;
        channel.SetWritable(true);
        channel.RunPendingTasks();

        Assert.False(whilePaused);
        Assert.True(channel.ReadPending);
        Assert.Equal(["1", "2", "3", "4"], recorder.Log.Where(entry => entry != "complete"));
    }

    [Fact]
    public void Delivers_256_messages_a_turn_and_lets_others_have_theirs()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new ScriptedDecoder((_, input, output) => output.Add($"m{input.ReadByte()}")), recorder);
        channel.EventLoop.Execute(() => recorder.Log.Add("others"));

        channel.WriteInbound(Bytes(new byte[600]));

        string[] expected = [.. Enumerable.Repeat("m0", 256), "complete", "others", .. Enumerable.Repeat("m0", 256), "complete", .. Enumerable.Repeat("m0", 88), "complete"];
        Assert.Equal(expected, recorder.Log);
    }

    [Fact]
    public void Withholds_reads_between_its_turns()
    {
        bool? between = null;
        EmbeddedChannel channel = null!;
        channel = new EmbeddedChannel(new ScriptedDecoder(), new Recorder());
        channel.EventLoop.Execute(() => between = channel.ReadPending);

        channel.WriteInbound(Bytes(new byte[300]));

        Assert.False(between);
        Assert.True(channel.ReadPending);
    }

    [Fact]
    public void The_count_of_a_turn_begins_anew_with_each_read()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new ScriptedDecoder(), recorder);

        channel.WriteInbound(Bytes(new byte[200]));
        channel.WriteInbound(Bytes(new byte[200]));

        Assert.Equal(2, recorder.Log.Count(entry => entry == "complete"));
    }

    [Fact]
    public void A_turn_of_its_own_ends_with_one_flush()
    {
        var flushes = new FlushCounter();
        var recorder = new Recorder((context, _) => context.Flush());
        var channel = new EmbeddedChannel(flushes, new ScriptedDecoder(), recorder);
        channel.SetWritable(false);
        channel.WriteInbound(Bytes(1, 2, 3));

        channel.SetWritable(true);
        channel.RunPendingTasks();

        Assert.Equal(1, flushes.Count);
    }

    [Fact]
    public void Releases_what_it_holds_when_the_channel_closes()
    {
        var recorder = new Recorder();
        var decoder = new ScriptedDecoder(ScriptedDecoder.Pair);
        var channel = new EmbeddedChannel(decoder, recorder);
        IByteBuffer first = Bytes(0, 1);
        IByteBuffer second = Bytes(0, 2);
        channel.SetWritable(false);
        channel.WriteInbound(first, second);

        channel.Finish();

        Assert.Equal("complete inactive", recorder.Story);
        Assert.Equal((0, 0, 0), (decoder.Decodes, first.ReferenceCount, second.ReferenceCount));
    }

    [Fact]
    public void Loses_nothing_of_a_half_closed_peer()
    {
        var recorder = new Recorder();
        var decoder = new ScriptedDecoder(ScriptedDecoder.Pair, (_, input, output) => output.Add($"rest of {input.ReadByte()}"));
        var channel = new EmbeddedChannel(decoder, recorder);
        channel.SetWritable(false);
        channel.WriteInbound(Bytes(0, 1, 0, 2, 9));
        channel.Pipeline.FireUserEventTriggered(ChannelInputShutdownEvent.Instance);
        string paused = recorder.Story;

        channel.SetWritable(true);
        channel.RunPendingTasks();

        Assert.Equal("complete", paused);
        Assert.Equal("complete 1 2 rest of 9 complete ChannelInputShutdownEvent complete", recorder.Story);
    }

    [Fact]
    public void A_rest_seen_before_waits_with_the_end_of_input_while_the_channel_is_not_writable()
    {
        var recorder = new Recorder();
        var decoder = new ScriptedDecoder(ScriptedDecoder.Pair, (_, input, output) => output.Add($"rest of {input.ReadByte()}"));
        var channel = new EmbeddedChannel(decoder, recorder);
        channel.WriteInbound(Bytes(9));
        channel.SetWritable(false);
        channel.Pipeline.FireUserEventTriggered(ChannelInputShutdownEvent.Instance);
        string paused = recorder.Story;

        channel.SetWritable(true);
        channel.RunPendingTasks();

        Assert.Equal("complete", paused);
        Assert.Equal("complete rest of 9 complete ChannelInputShutdownEvent complete", recorder.Story);
    }

    [Fact]
    public void A_removed_decoder_passes_on_everything_it_holds()
    {
        var recorder = new Recorder();
        var decoder = new ScriptedDecoder();
        var channel = new EmbeddedChannel(decoder, recorder);
        channel.SetWritable(false);
        channel.WriteInbound(Bytes(1, 2), "text", Bytes(3));
        channel.Pipeline.FireUserEventTriggered(ChannelInputShutdownEvent.Instance);

        channel.Pipeline.Remove(decoder);

        Assert.Equal("complete [0102] text [03] complete ChannelInputShutdownEvent", recorder.Story);
        Assert.True(channel.ReadPending);
        Assert.Equal((0, 1), (decoder.Decodes, decoder.RemovalsTold));
    }

    [Fact]
    public void A_handler_that_flushes_at_the_end_of_the_batch_frees_the_channel_it_filled()
    {
        var channel = new EmbeddedChannel(new ScriptedDecoder(), new EchoesLarge());
        channel.Configuration.WriteBufferLowWaterMark = 500;
        channel.Configuration.WriteBufferHighWaterMark = 1000;

        channel.WriteInbound(Bytes(1, 2, 3));

        Assert.Equal(3, channel.OutboundMessages.Count);
        channel.FinishAndReleaseAll();
    }

    [Fact]
    public void A_failure_in_its_own_turn_is_reported_like_any_other()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new ScriptedDecoder((_, input, _) => throw new CorruptedFrameException($"{input.ReadByte()}")), recorder);
        channel.SetWritable(false);
        channel.WriteInbound(Bytes(1));

        channel.SetWritable(true);
        channel.RunPendingTasks();

        Assert.Equal("complete CorruptedFrameException complete", recorder.Story);
    }

    private sealed class FlushCounter : ChannelHandlerAdapter
    {
        public int Count { get; private set; }

        public override void Flush(IChannelHandlerContext context)
        {
            Count++;
            context.Flush();
        }
    }

    private sealed class EchoesLarge : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message) =>
            context.Write(context.Allocator.Buffer(2000).WriteZero(2000));

        public override void ChannelReadComplete(IChannelHandlerContext context) => context.Flush();
    }
}
