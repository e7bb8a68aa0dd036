using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests;

public sealed class ByteToMessageDecoderTests : LeakFreeTests
{
    [Fact]
    public void Fires_what_one_decode_added_before_the_next_decode()
    {
        var order = new List<string>();
        var decoder = new ScriptedDecoder((_, input, output) =>
        {
            order.Add("decode");
            output.Add(input.ReadByte());
            output.Add("and");
        });
        var channel = new EmbeddedChannel(decoder, new Recorder((_, message) => order.Add($"{message}")));

        channel.WriteInbound(Bytes(1, 2));

        Assert.Equal(["decode", "1", "and", "decode", "2", "and"], order);
    }

    [Fact]
    public void Keeps_an_incomplete_message_until_the_rest_of_it_comes()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new ScriptedDecoder(ScriptedDecoder.Pair), recorder);

        channel.WriteInbound(Bytes(1, 2, 3));
        channel.WriteInbound(Bytes(4));

        Assert.Equal("258 complete 772 complete", recorder.Story);
    }

    [Fact]
    public void Bytes_that_wait_for_nothing_are_the_received_buffer_itself()
    {
        var decoder = new ScriptedDecoder(ScriptedDecoder.Pair);
        var channel = new EmbeddedChannel(decoder);
        IByteBuffer received = Bytes(1);

        channel.WriteInbound(received);

        Assert.Same(received, decoder.Waiting);
        channel.Finish();
    }

    [Fact]
    public void Holds_no_buffer_once_everything_is_decoded()
    {
        var decoder = new ScriptedDecoder();
        var channel = new EmbeddedChannel(decoder, new Recorder());
        IByteBuffer received = Bytes(1, 2, 3);

        channel.WriteInbound(received);

        Assert.Equal(0, received.ReferenceCount);
        Assert.Equal(0, decoder.WaitingBytes);
    }

    [Fact]
    public void Passes_on_what_is_no_buffer()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new ScriptedDecoder(), recorder);

        channel.WriteInbound("text");

        Assert.Equal("text complete", recorder.Story);
    }

    [Fact]
    public void Stops_when_decode_neither_produces_nor_reads()
    {
        var decoder = new ScriptedDecoder((_, _, _) => { });
        var channel = new EmbeddedChannel(decoder);

        channel.WriteInbound(Bytes(1, 2, 3));

        Assert.Equal(1, decoder.Decodes);
        channel.Finish();
    }

    [Fact]
    public void Goes_on_when_decode_reads_without_producing()
    {
        var recorder = new Recorder();
        var decoder = new ScriptedDecoder((_, input, output) =>
        {
            if (input.ReadByte() is var value && value > 1)
            {
                output.Add(value);
            }
        });
        var channel = new EmbeddedChannel(decoder, recorder);

        channel.WriteInbound(Bytes(1, 1, 2));

        Assert.Equal("2 complete", recorder.Story);
    }

    [Fact]
    public void Producing_without_reading_is_an_error()
    {
        var channel = new EmbeddedChannel(new ScriptedDecoder((_, _, output) => output.Add("endless")));

        Assert.Throws<DecoderException>(() => channel.WriteInbound(Bytes(1)));

        channel.FinishAndReleaseAll();
    }

    [Fact]
    public void A_failure_arrives_as_a_decoder_exception_with_its_cause()
    {
        var cause = new FormatException();
        var channel = new EmbeddedChannel(new ScriptedDecoder((_, _, _) => throw cause));

        DecoderException fault = Assert.Throws<DecoderException>(() => channel.WriteInbound(Bytes(1)));

        Assert.Same(cause, fault.InnerException);
        Assert.Throws<DecoderException>(() => channel.Finish());
    }

    [Fact]
    public void Messages_behind_one_that_failed_need_no_further_bytes()
    {
        var recorder = new Recorder();
        var decoder = new ScriptedDecoder((_, input, output) =>
        {
            byte value = input.ReadByte();
            output.Add(value != 0 ? value : throw new CorruptedFrameException("zero"));
        });
        var channel = new EmbeddedChannel(decoder, recorder);

        channel.WriteInbound(Bytes(1, 0, 2, 0, 3));

        Assert.Equal("1 CorruptedFrameException complete 2 CorruptedFrameException complete 3 complete", recorder.Story);
    }

    [Fact]
    public void A_decoder_that_removes_itself_gives_the_rest_to_its_successor_once()
    {
        var recorder = new Recorder();
        var decoder = new ScriptedDecoder((context, input, output) =>
        {
            output.Add((int)input.ReadByte());
            context.Channel.Pipeline.Remove(context.Handler);
        });
        var channel = new EmbeddedChannel(decoder, recorder);

        channel.WriteInbound(Bytes(1, 2, 3));

        Assert.Equal("1 [0203] complete complete", recorder.Story);
        Assert.Equal((1, 1), (decoder.Decodes, decoder.RemovalsTold));
    }

    [Fact]
    public void A_decoder_removed_by_the_next_handler_gives_the_rest_to_its_successor_once()
    {
        var recorder = new Recorder((context, message) =>
        {
            if (message is 1)
            {
                context.Channel.Pipeline.Remove<ScriptedDecoder>();
            }
        });
        var channel = new EmbeddedChannel(
            new ScriptedDecoder((_, input, output) =>
            {
                output.Add((int)input.ReadByte());
                output.Add("same step");
            }),
            recorder);

        channel.WriteInbound(Bytes(1, 2, 3), Bytes(4));

        Assert.Equal("1 same step [0203] complete [04] complete", recorder.Story);
    }

    [Fact]
    public void A_decoder_removed_between_reads_passes_on_what_it_holds()
    {
        var recorder = new Recorder();
        var decoder = new ScriptedDecoder(ScriptedDecoder.Pair);
        var channel = new EmbeddedChannel(decoder, recorder);
        channel.WriteInbound(Bytes(7));

        channel.Pipeline.Remove(decoder);

        Assert.Equal("complete [07] complete", recorder.Story);
    }

    [Fact]
    public void A_decoder_that_replaces_itself_gives_the_rest_to_the_new_one()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(
            new ScriptedDecoder((context, input, output) =>
            {
                output.Add((int)input.ReadByte());
                context.Channel.Pipeline.Replace(context.Handler, "pairs", new ScriptedDecoder(ScriptedDecoder.Pair));
            }),
            recorder);

        channel.WriteInbound(Bytes(1, 0, 2, 0, 3));

        Assert.Equal("1 2 3 complete complete", recorder.Story);
    }

    [Fact]
    public void A_handler_added_inside_decode_sees_what_that_decode_produced()
    {
        var added = new Recorder();
        var channel = new EmbeddedChannel(new ScriptedDecoder((context, input, output) =>
        {
            output.Add((int)input.ReadByte());
            if (context.Channel.Pipeline.Get<Recorder>() is null)
            {
                context.Channel.Pipeline.AddAfter(context.Name, null, added);
            }
        }));

        channel.WriteInbound(Bytes(1, 2));

        Assert.Equal("1 2 complete", added.Story);
    }

    [Fact]
    public void Decodes_nothing_more_once_decode_has_closed_the_channel()
    {
        var recorder = new Recorder();
        IByteBuffer received = Bytes(1, 2, 3);
        var channel = new EmbeddedChannel(
            new ScriptedDecoder((context, input, output) =>
            {
                output.Add((int)input.ReadByte());
                context.CloseAsync();
            }),
            recorder);

        channel.WriteInbound(received);

        Assert.Equal("1 complete inactive", recorder.Story);
        Assert.Equal(0, received.ReferenceCount);
    }

    [Fact]
    public void Decodes_nothing_more_once_a_handler_has_closed_the_channel_to_the_end()
    {
        IByteBuffer received = Bytes(1, 2, 3);
        var decoder = new ScriptedDecoder();
        var recorder = new Recorder((context, _) => context.Channel.CloseAsync());
        var channel = new EmbeddedChannel(decoder, recorder);

        channel.WriteInbound(received);

        Assert.Equal("1 inactive", recorder.Story);
        Assert.Equal((1, 0), (decoder.Decodes, received.ReferenceCount));
    }

    [Fact]
    public void Bytes_that_arrive_while_messages_are_fired_are_decoded_behind_them()
    {
        var recorder = new Recorder((context, message) =>
        {
            if (message is 1)
            {
                context.Channel.Pipeline.FireChannelRead(Bytes(8, 9));
                context.Channel.Pipeline.FireChannelReadComplete();
            }
        });
        var channel = new EmbeddedChannel(new ScriptedDecoder(), recorder);

        channel.WriteInbound(Bytes(1, 2));

        Assert.Equal("1 2 8 9 complete complete", recorder.Story);
    }

    [Fact]
    public void Bytes_that_arrive_inside_decode_are_decoded_behind_those_it_works_on()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(
            new ScriptedDecoder((context, input, output) =>
            {
                byte value = input.ReadByte();
                if (value == 1)
                {
                    context.Channel.Pipeline.FireChannelRead(Bytes(8));
                    context.Channel.Pipeline.FireChannelRead("text");
                }

                output.Add(value);
            }),
            recorder);

        channel.WriteInbound(Bytes(1, 2));

        Assert.Equal("1 2 8 text complete", recorder.Story);
    }

    [Fact]
    public void Single_decode_delivers_one_message_a_read()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new ScriptedDecoder { SingleDecode = true }, recorder);

        channel.WriteInbound(Bytes(1, 2, 3));
        channel.WriteInbound(Bytes(4));

        Assert.Equal("1 complete 2 complete", recorder.Story);
        channel.Finish();
    }

    [Fact]
    public void Asks_for_another_read_when_nothing_came_of_this_one()
    {
        EmbeddedChannel channel = ReadOnDemand(new ScriptedDecoder(ScriptedDecoder.Pair), new Recorder());

        channel.WriteInbound(Bytes(1));
        bool afterHalf = channel.ReadPending;
        channel.WriteInbound(Bytes(2));

        Assert.True(afterHalf);
        Assert.False(channel.ReadPending);
    }

    [Fact]
    public void Asks_for_no_read_that_nobody_waits_for()
    {
        EmbeddedChannel channel = ReadOnDemand(new ScriptedDecoder(ScriptedDecoder.Pair), new Recorder());

        channel.Pipeline.FireChannelReadComplete();

        Assert.False(channel.ReadPending);
    }

    [Fact]
    public void The_last_decode_sees_the_rest_when_the_channel_ends()
    {
        var recorder = new Recorder();
        var decoder = new ScriptedDecoder(ScriptedDecoder.Pair, (_, input, output) => output.Add($"rest of {input.ReadByte()}"));
        var channel = new EmbeddedChannel(decoder, recorder);
        channel.WriteInbound(Bytes(0, 1, 2));

        channel.Finish();

        Assert.Equal("1 complete rest of 2 complete inactive", recorder.Story);
    }

    [Fact]
    public void Nothing_is_completed_when_the_last_decode_produces_nothing()
    {
        var recorder = new Recorder();
        var decoder = new ScriptedDecoder(ScriptedDecoder.Pair);
        var channel = new EmbeddedChannel(decoder, recorder);

        channel.Finish();

        Assert.Equal("inactive", recorder.Story);
        Assert.Equal([0], decoder.RestsSeenLast);
    }

    [Fact]
    public void A_failure_of_the_last_decode_is_reported_before_the_channels_end()
    {
        var recorder = new Recorder();
        var decoder = new ScriptedDecoder(ScriptedDecoder.Pair, (_, _, _) => throw new PrematureChannelClosureException("half"));
        var channel = new EmbeddedChannel(decoder, recorder);
        channel.WriteInbound(Bytes(1));

        channel.Finish();

        Assert.Equal("complete DecoderException inactive", recorder.Story);
    }

    [Fact]
    public void A_decoder_that_removes_itself_in_the_last_decode_is_told_so()
    {
        var recorder = new Recorder();
        var decoder = new ScriptedDecoder(ScriptedDecoder.Pair, (context, _, _) => context.Channel.Pipeline.Remove(context.Handler));
        var channel = new EmbeddedChannel(decoder, recorder);
        channel.WriteInbound(Bytes(1));

        channel.Finish();

        Assert.Equal("complete inactive", recorder.Story);
        Assert.Equal(1, decoder.RemovalsTold);
    }

    [Fact]
    public void The_last_decode_comes_before_the_end_of_input_and_only_once()
    {
        var recorder = new Recorder();
        var decoder = new ScriptedDecoder(ScriptedDecoder.Pair, (_, input, output) => output.Add($"rest of {input.ReadByte()}"));
        var channel = new EmbeddedChannel(decoder, recorder);
        channel.WriteInbound(Bytes(0, 1, 2));

        channel.Pipeline.FireUserEventTriggered(ChannelInputShutdownEvent.Instance);
        channel.Finish();

        Assert.Equal("1 complete rest of 2 complete ChannelInputShutdownEvent inactive", recorder.Story);
        Assert.Equal([1], decoder.RestsSeenLast);
    }

    [Fact]
    public void The_end_of_input_is_told_although_decoding_the_rest_fails()
    {
        var recorder = new Recorder();
        var decoder = new ScriptedDecoder((_, _, _) => throw new CorruptedFrameException("never right"), (_, _, _) => { });
        var channel = new EmbeddedChannel(decoder, recorder);
        channel.WriteInbound(Bytes(1));

        channel.Pipeline.FireUserEventTriggered(ChannelInputShutdownEvent.Instance);

        Assert.Single(recorder.Log, "ChannelInputShutdownEvent");
    }

    [Fact]
    public void Other_events_pass_by()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new ScriptedDecoder(), recorder);

        channel.Pipeline.FireUserEventTriggered("hello");

        Assert.Equal("String", recorder.Story);
    }

    [Fact]
    public void What_the_decoder_before_it_fires_at_the_end_is_still_decoded()
    {
        var recorder = new Recorder();
        var holdsBack = new ScriptedDecoder((_, _, _) => { }, (_, input, output) => output.Add(input.ReadBytes(input.ReadableBytes)));
        var channel = new EmbeddedChannel(holdsBack, new ScriptedDecoder(ScriptedDecoder.Pair), recorder);
        channel.WriteInbound(Bytes(0, 1, 0, 2));

        channel.Finish();

        Assert.Equal("complete 1 2 complete inactive", recorder.Story);
    }

    [Fact]
    public void A_small_rest_of_a_large_read_moves_to_storage_of_its_size()
    {
        var decoder = new ScriptedDecoder((_, input, output) =>
        {
            if (input.ReadableBytes >= 1000)
            {
                output.Add(input.SkipBytes(1000).ReaderIndex);
            }
        });
        var channel = new EmbeddedChannel(decoder, new Recorder());

        channel.WriteInbound(PooledByteBufferAllocator.Default.Buffer(64 * 1024).WriteZero(60_100));

        Assert.Equal(100, decoder.WaitingBytes);
        Assert.InRange(decoder.Waiting.StorageSize, 100, 256);
        channel.Finish();
    }

    [Fact]
    public void A_rest_that_fills_half_of_its_storage_stays()
    {
        var decoder = new ScriptedDecoder((_, _, _) => { });
        var channel = new EmbeddedChannel(decoder);
        IByteBuffer received = PooledByteBufferAllocator.Default.Buffer(4096).WriteZero(2048);

        channel.WriteInbound(received);

        Assert.Same(received, decoder.Waiting);
        channel.Finish();
    }

    [Fact]
    public void Uses_the_cumulator_it_was_given()
    {
        var decoder = new ScriptedDecoder((_, _, _) => { });
        decoder.SetCumulator(ByteToMessageDecoder.CompositionCumulation);
        var channel = new EmbeddedChannel(decoder);

        channel.WriteInbound(Bytes(1), Bytes(2));

        Assert.IsAssignableFrom<CompositeByteBuffer>(decoder.Waiting);
        channel.Finish();
    }

    [Fact]
    public void Discards_read_bytes_only_where_nobody_else_holds_the_buffer()
    {
        var decoder = new ScriptedDecoder((_, input, _) => input.SetReaderIndex(3), (_, _, _) => { });
        var channel = new EmbeddedChannel(decoder);
        IByteBuffer received = Bytes(1, 2, 3, 4);
        received.Retain();
        channel.WriteInbound(received);

        decoder.Discard();
        int whileShared = received.ReaderIndex;
        received.Release();
        decoder.Discard();

        Assert.Equal((3, 0), (whileShared, received.ReaderIndex));
        channel.Finish();
    }

    [Fact]
    public void Cannot_be_sharable()
    {
        Assert.Throws<InvalidOperationException>(() => new SharableDecoder());
    }

    private sealed class SharableDecoder : ByteToMessageDecoder
    {
        public override bool IsSharable => true;

        protected internal override void Decode(IChannelHandlerContext context, IByteBuffer input, List<object> output)
        {
        }
    }
}
