using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests;

public sealed class ReplayingDecoderTests : LeakFreeTests
{
    private enum Part
    {
        Header,
        Body,
    }

    [Fact]
    public void Every_cut_of_the_input_gives_the_same_messages()
    {
        foreach (byte[][] pieces in Framing.EveryCut([2, 0, 8, 9, 0, 0, 1, 0, 7]))
        {
            Assert.Equal("[0809] [] [07]", Framing.Story(new Messages(), pieces));
        }
    }

    [Fact]
    public void A_replay_begins_at_the_last_checkpoint_in_its_state()
    {
        var calls = new List<(Part State, int Readable)>();
        var decoder = new Messages { OnDecode = (state, input) => calls.Add((state, input.ReadableBytes)) };
        var channel = new EmbeddedChannel(decoder, new Recorder());

        channel.WriteInbound(Bytes(2), Bytes(0, 8), Bytes(9));

        Assert.Equal([(Part.Header, 1), (Part.Header, 3), (Part.Body, 1), (Part.Body, 2)], calls);
    }

    [Fact]
    public void A_replay_without_a_checkpoint_begins_at_the_beginning()
    {
        var seen = new List<string>();
        var decoder = new Scripted((_, input, self) =>
        {
            seen.Add(ByteBufferUtil.HexDump(input));
            input.SkipBytes(1);
            self.Replay();
        });
        var channel = new EmbeddedChannel(decoder, new Recorder());

        channel.WriteInbound(Bytes(1, 2), Bytes(3));

        Assert.Equal(["0102", "010203"], seen);
        channel.Finish();
    }

    [Fact]
    public void What_was_added_before_a_replay_is_fired_once()
    {
        var recorder = new Recorder();
        var decoder = new Scripted((output, input, self) =>
        {
            while (input.IsReadable(2))
            {
                output.Add((int)input.ReadUnsignedShort());
                self.Save();
            }

            self.Replay();
        });
        var channel = new EmbeddedChannel(decoder, recorder);

        channel.WriteInbound(Bytes(0, 1, 0, 2, 0));
        channel.WriteInbound(Bytes(3));

        Assert.Equal("1 2 complete 3 complete", recorder.Story);
    }

    [Fact]
    public void A_checkpoint_stays_where_it_is_when_read_bytes_are_discarded()
    {
        var seen = new List<string>();
        var decoder = new Scripted((_, input, self) =>
        {
            if (input.IsReadable(4000))
            {
                input.SkipBytes(4000);
                self.Save();
                self.Discard();
            }

            seen.Add(ByteBufferUtil.HexDump(input));
            input.SkipBytes(input.ReadableBytes);
            self.Replay();
        });
        var channel = new EmbeddedChannel(decoder, new Recorder());

        channel.WriteInbound(Bytes([.. new byte[4000], 1, 2]), Bytes(3));

        Assert.Equal(["0102", "010203"], seen);
        channel.Finish();
    }

    [Fact]
    public void To_ask_for_nothing_and_do_nothing_is_an_error()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new Scripted((_, _, _) => { }), recorder);

        channel.WriteInbound(Bytes(1));

        Assert.Equal("DecoderException complete", recorder.Story);
        channel.Finish();
    }

    [Fact]
    public void To_produce_without_reading_is_an_error()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(
            new Scripted((output, _, self) =>
            {
                output.Add("endless");
                self.Replay();
            }),
            recorder);

        channel.WriteInbound(Bytes(1));

        Assert.Equal(["DecoderException", "complete", "endless"], recorder.Log.Order(StringComparer.Ordinal));
        channel.Finish();
    }

    [Fact]
    public void Single_decode_delivers_one_message_a_read_in_however_many_steps()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new Messages { SingleDecode = true }, recorder);

        channel.WriteInbound(Bytes(1, 0, 7, 1, 0, 8));
        channel.WriteInbound(Bytes(1, 0, 9));

        Assert.Equal("[07] complete [08] complete", recorder.Story);
        channel.Finish();
    }

    [Fact]
    public void Bytes_that_arrive_inside_decode_are_decoded_behind_those_it_works_on()
    {
        var recorder = new Recorder();
        bool isFirst = true;
        EmbeddedChannel? channel = null;
        var decoder = new Messages
        {
            OnDecode = (_, _) =>
            {
                if (isFirst)
                {
                    isFirst = false;
                    channel!.Pipeline.FireChannelRead(Bytes(9, 1, 0));
                    channel.Pipeline.FireChannelRead(Bytes(7));
                    channel.Pipeline.FireChannelReadComplete();
                }
            },
        };
        channel = new EmbeddedChannel(decoder, recorder);

        channel.WriteInbound(Bytes(2, 0, 8));

        Assert.Equal("[0809] [07] complete complete", recorder.Story);
    }

    [Fact]
    public void Bytes_that_arrive_while_messages_are_fired_are_decoded_behind_them()
    {
        var recorder = new Recorder((context, _) =>
        {
            if (context.Channel.Pipeline.Get<Recorder>().Log.Count == 1)
            {
                context.Channel.Pipeline.FireChannelRead(Bytes(7));
            }
        });
        var channel = new EmbeddedChannel(new Messages(), recorder);

        channel.WriteInbound(Bytes(1, 0, 8, 1, 0));

        Assert.Equal("[08] [07] complete", recorder.Story);
    }

    [Fact]
    public void A_decoder_removed_by_the_next_handler_gives_the_rest_to_its_successor_once()
    {
        var recorder = new Recorder((context, _) =>
        {
            if (context.Channel.Pipeline.Get<Messages>() is { } decoder)
            {
                context.Channel.Pipeline.Remove(decoder);
            }
        });
        var channel = new EmbeddedChannel(new Messages(), recorder);

        channel.WriteInbound(Bytes(1, 0, 8, 1, 0, 9));

        Assert.Equal("[08] [010009] complete complete", recorder.Story);
    }

    [Fact]
    public void A_decoder_that_removes_itself_and_asks_for_a_replay_gives_away_what_it_would_have_replayed()
    {
        var recorder = new Recorder();
        EmbeddedChannel? channel = null;
        var decoder = new Scripted((output, input, self) =>
        {
            output.Add((int)input.ReadByte());
            self.Save();
            input.SkipBytes(2);
            channel!.Pipeline.Remove(self);
            self.Replay();
        });
        channel = new EmbeddedChannel(decoder, recorder);

        channel.WriteInbound(Bytes(1, 2, 3, 4));

        Assert.Equal("1 [020304] complete complete", recorder.Story);
    }

    [Fact]
    public void An_incomplete_message_ends_with_the_channel()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new Messages(), recorder);
        IByteBuffer received = Bytes(2, 0, 8);

        channel.WriteInbound(received);
        channel.Finish();

        Assert.Equal("complete inactive", recorder.Story);
        Assert.Equal(0, received.ReferenceCount);
    }

    [Fact]
    public void Delivers_256_messages_a_turn()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new Messages(), recorder);
        byte[] many = [.. Enumerable.Range(0, 300).SelectMany(static _ => new byte[] { 1, 0, 7 })];

        channel.WriteInbound(Bytes(many));

        Assert.Equal(256, recorder.Log.IndexOf("complete"));
        Assert.Equal(300, recorder.Log.Count(static entry => entry == "[07]"));
    }

    /// <summary>A length in two bytes, the low one first, and as many bytes behind it.</summary>
    private sealed class Messages() : ReplayingDecoder<Part>(Part.Header)
    {
        private int _length;

        public Action<Part, IByteBuffer>? OnDecode { get; init; }

        protected internal override void Decode(IChannelHandlerContext context, IByteBuffer input, List<object> output)
        {
            OnDecode?.Invoke(State, input);
            switch (State)
            {
                case Part.Header when input.IsReadable(2):
                    _length = input.ReadUnsignedShortLE();
                    Checkpoint(Part.Body);
                    break;
                case Part.Body when input.IsReadable(_length):
                    output.Add(input.ReadRetainedSlice(_length));
                    Checkpoint(Part.Header);
                    break;
                default:
                    RequestReplay();
                    break;
            }
        }
    }

    private sealed class Scripted(Action<List<object>, IByteBuffer, Scripted> decode) : ReplayingDecoder<Part>(Part.Header)
    {
        public void Replay()
        {
            RequestReplay();
            Assert.True(ReplayRequested);
        }

        public void Save() => Checkpoint();

        public void Discard() => DiscardSomeReadBytes();

        protected internal override void Decode(IChannelHandlerContext context, IByteBuffer input, List<object> output) => decode(output, input, this);
    }
}
