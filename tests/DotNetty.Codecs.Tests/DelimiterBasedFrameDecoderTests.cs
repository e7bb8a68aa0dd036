using DotNetty.Buffers;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests;

public sealed class DelimiterBasedFrameDecoderTests : LeakFreeTests
{
    [Theory]
    [InlineData(true, "[6162] [] [63]")]
    [InlineData(false, "[616200] [00] [6300]")]
    public void Cuts_at_the_delimiter_and_strips_it_when_told_to(bool strips, string frames)
    {
        string story = Framing.Story(new DelimiterBasedFrameDecoder(10, strips, Delimiters.NullDelimiter()), Convert.FromHexString("616200" + "00" + "630064"));

        Assert.Equal(frames, story);
    }

    [Fact]
    public void Of_two_line_ends_that_are_complete_at_once_the_longer_one_ends_the_frame()
    {
        string story = Framing.Story(new DelimiterBasedFrameDecoder(10, Delimiters.LineDelimiter()), "ab\nc\r\nd\r\n"u8.ToArray());

        Assert.Equal("[6162] [63] [64]", story);
    }

    [Theory]
    [InlineData("b", "abcd")]
    [InlineData("abcd", "b")]
    public void Of_delimiters_inside_one_another_the_one_that_is_complete_first_ends_the_frame_however_input_is_cut(string one, string other)
    {
        foreach (byte[][] pieces in Framing.EveryCut("xabcdx"u8.ToArray()))
        {
            string story = Framing.Story(new DelimiterBasedFrameDecoder(10, Delimiter(one), Delimiter(other)), pieces);

            Assert.Equal("[7861]", story);
        }
    }

    [Fact]
    public void A_delimiter_may_come_in_pieces_behind_a_frame_of_the_greatest_length()
    {
        foreach (byte[][] pieces in Framing.EveryCut("abc--abc--"u8.ToArray()))
        {
            string story = Framing.Story(new DelimiterBasedFrameDecoder(3, Delimiter("--")), pieces);

            Assert.Equal("[616263] [616263]", story);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_cut_around_a_frame_that_is_too_long_gives_one_error_and_the_frames_beside_it(bool failFast)
    {
        foreach (byte[][] pieces in Framing.EveryCut("a--bbb-bbbb--c--"u8.ToArray()))
        {
            string story = Framing.Story(new DelimiterBasedFrameDecoder(3, true, failFast, Delimiter("--")), pieces);

            Assert.Equal("[61] TooLongFrameException [63]", story);
        }
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Complains_of_a_frame_that_is_too_long_when_asked_to(bool failFast, int complaintsBeforeItsEnd)
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new DelimiterBasedFrameDecoder(3, true, failFast, Delimiter("--")), recorder);

        channel.WriteInbound(Bytes("abcd"u8.ToArray()), Bytes("efgh"u8.ToArray()));
        int before = recorder.Log.Count(static entry => entry == nameof(TooLongFrameException));
        channel.WriteInbound(Bytes("--"u8.ToArray()));

        Assert.Equal(complaintsBeforeItsEnd, before);
        Assert.Single(recorder.Log, nameof(TooLongFrameException));
        channel.Finish();
    }

    [Fact]
    public void Keeps_no_more_of_a_frame_that_is_too_long_than_may_begin_a_delimiter()
    {
        var decoder = new Probe(3, Delimiter("--"));
        var channel = new EmbeddedChannel(decoder, new Recorder());

        List<int> waiting = [];
        for (int i = 0; i < 100; i++)
        {
            channel.WriteInbound(Bytes(new byte[1000]));
            waiting.Add(decoder.Waiting);
            channel.WriteInbound(Bytes((byte)'-'));
            waiting.Add(decoder.Waiting);
        }

        Assert.Equal((0, 1), (waiting.Min(), waiting.Max()));
        channel.Finish();
    }

    [Fact]
    public void The_delimiters_stay_the_callers()
    {
        IByteBuffer delimiter = Bytes(7, 0).SkipBytes(1);

        var decoder = new DelimiterBasedFrameDecoder(10, delimiter);
        delimiter.SetByte(1, 9);
        string story = Framing.Story(decoder, [1, 0, 2, 9]);

        Assert.Equal("[01]", story);
        Assert.Equal((1, 1), (delimiter.ReferenceCount, delimiter.ReadableBytes));
        delimiter.Release();
    }

    [Fact]
    public void A_frame_outlives_the_buffer_it_was_cut_from()
    {
        var channel = new EmbeddedChannel(new DelimiterBasedFrameDecoder(10, Delimiters.NullDelimiter()));

        channel.WriteInbound(Bytes(8, 9, 0, 1));
        channel.WriteInbound(Bytes(0));

        var frame = channel.ReadInbound<IByteBuffer>();
        Assert.Equal("0809", ByteBufferUtil.HexDump(frame));
        frame.Release();
        channel.FinishAndReleaseAll();
    }

    [Fact]
    public void A_subclass_may_take_bytes_itself()
    {
        string story = Framing.Story(new SkipsZeros(), [0, 0, 1, 2], [9, 0, 0], [3, 9]);

        Assert.Equal("[0102] [03]", story);
    }

    [Fact]
    public void Refuses_arguments_that_make_no_frame()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DelimiterBasedFrameDecoder(0, Delimiters.NullDelimiter()));
        Assert.Throws<ArgumentException>(() => new DelimiterBasedFrameDecoder(1, Unpooled.Empty));
        Assert.Throws<ArgumentException>(() => new DelimiterBasedFrameDecoder(1, Array.Empty<IByteBuffer>()));
        Assert.Throws<ArgumentNullException>(() => new DelimiterBasedFrameDecoder(1, (IByteBuffer)null!));
    }

    private static IByteBuffer Delimiter(string text) => Unpooled.CopiedBuffer(System.Text.Encoding.ASCII.GetBytes(text));

    private sealed class Probe(int max, IByteBuffer delimiter) : DelimiterBasedFrameDecoder(max, delimiter)
    {
        public int Waiting => ActualReadableBytes;
    }

    private sealed class SkipsZeros() : DelimiterBasedFrameDecoder(10, Delimiter("\t"))
    {
        protected override object Decode(Transport.Channels.IChannelHandlerContext ctx, IByteBuffer buffer)
        {
            while (buffer.IsReadable() && buffer.GetByte(buffer.ReaderIndex) == 0)
            {
                buffer.SkipBytes(1);
            }

            return base.Decode(ctx, buffer);
        }
    }
}
