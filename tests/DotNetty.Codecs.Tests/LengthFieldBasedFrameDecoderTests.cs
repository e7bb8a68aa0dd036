using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests;

public sealed class LengthFieldBasedFrameDecoderTests : LeakFreeTests
{
    [Theory]
    [InlineData(ByteOrder.BigEndian, 1, "03616263")]
    [InlineData(ByteOrder.BigEndian, 2, "0003616263")]
    [InlineData(ByteOrder.BigEndian, 3, "000003616263")]
    [InlineData(ByteOrder.BigEndian, 4, "00000003616263")]
    [InlineData(ByteOrder.BigEndian, 8, "0000000000000003616263")]
    [InlineData(ByteOrder.LittleEndian, 1, "03616263")]
    [InlineData(ByteOrder.LittleEndian, 2, "0300616263")]
    [InlineData(ByteOrder.LittleEndian, 3, "030000616263")]
    [InlineData(ByteOrder.LittleEndian, 4, "03000000616263")]
    [InlineData(ByteOrder.LittleEndian, 8, "0300000000000000616263")]
    public void Reads_lengths_of_every_size_and_order(ByteOrder order, int size, string frame)
    {
        string[] frames = Decode(() => new LengthFieldBasedFrameDecoder(order, 100, 0, size, 0, size, true), frame + frame);

        Assert.Equal(["616263", "616263"], frames);
    }

    [Theory]
    [InlineData(0, 2, 0, 0, "000C48454C4C4F2C20574F524C44", "000C48454C4C4F2C20574F524C44")]
    [InlineData(0, 2, 0, 2, "000C48454C4C4F2C20574F524C4421", "48454C4C4F2C20574F524C44")]
    [InlineData(0, 2, -2, 0, "000448450005484500", "00044845|0005484500")]
    [InlineData(2, 3, 0, 0, "CAFE0000024845", "CAFE0000024845")]
    [InlineData(0, 3, 2, 0, "000002CAFE4845", "000002CAFE4845")]
    [InlineData(1, 2, 1, 3, "CA0002FE4845", "FE4845")]
    [InlineData(1, 2, -3, 3, "CA0006FE4845", "FE4845")]
    public void Finds_frames_by_offset_adjustment_and_strip(int offset, int size, int adjustment, int strip, string input, string expected)
    {
        string[] frames = Decode(() => new LengthFieldBasedFrameDecoder(100, offset, size, adjustment, strip), input);

        Assert.Equal(expected.ToLowerInvariant().Split('|'), frames);
    }

    [Fact]
    public void Every_cut_of_the_input_gives_the_same_frames()
    {
        byte[] input = Convert.FromHexString("0003616263" + "0000" + "000164" + "00026566");
        string[] expected = ["616263", "", "64", "6566"];

        for (int first = 0; first <= input.Length; first++)
        {
            for (int second = first; second <= input.Length; second++)
            {
                string[] frames = Decode(() => new LengthFieldBasedFrameDecoder(100, 0, 2, 0, 2), input[..first], input[first..second], input[second..]);

                Assert.True(expected.SequenceEqual(frames), $"cut at {first} and {second}: {string.Join(' ', frames)}");
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_cut_around_a_frame_that_is_too_long_gives_one_error_and_the_frames_beside_it(bool failFast)
    {
        byte[] input = Convert.FromHexString("000161" + "0006FFFFFFFFFFFF" + "000162");

        for (int first = 0; first <= input.Length; first++)
        {
            for (int second = first; second <= input.Length; second++)
            {
                var recorder = new Recorder();
                var channel = new EmbeddedChannel(new LengthFieldBasedFrameDecoder(5, 0, 2, 0, 2, failFast), recorder);
                channel.WriteInbound(Bytes(input[..first]), Bytes(input[first..second]), Bytes(input[second..]));
                channel.Finish();

                string story = string.Join(' ', recorder.Log.Where(static entry => entry is not ("complete" or "inactive")));
                Assert.True(story == "[61] TooLongFrameException [62]", $"cut at {first} and {second}: {story}");
            }
        }
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Complains_of_a_frame_that_is_too_long_when_asked_to(bool failFast, int complaintsAfterTheHeader)
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new LengthFieldBasedFrameDecoder(5, 0, 2, 0, 2, failFast), recorder);

        channel.WriteInbound(Bytes(0, 6));
        int afterTheHeader = recorder.Log.Count(static entry => entry == nameof(TooLongFrameException));
        channel.WriteInbound(Bytes(1, 2, 3, 4, 5, 6));

        Assert.Equal(complaintsAfterTheHeader, afterTheHeader);
        Assert.Single(recorder.Log, nameof(TooLongFrameException));
    }

    [Theory]
    [InlineData(4, "7FFFFFFF")]
    [InlineData(4, "FFFFFFFF")]
    [InlineData(8, "7FFFFFFFFFFFFFFF")]
    public void An_enormous_length_is_too_long_and_reserves_nothing(int size, string header)
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new LengthFieldBasedFrameDecoder(int.MaxValue - 8, 0, size, 8, 0), recorder);

        channel.WriteInbound(Bytes(Convert.FromHexString(header)));

        Assert.Equal("TooLongFrameException complete", recorder.Story);
    }

    [Theory]
    [InlineData(8, 0, 0, "FFFFFFFFFFFFFFFF", "negative")]
    [InlineData(2, -4, 0, "0001", "adjusted below its own field")]
    [InlineData(1, 0, 4, "0161", "shorter than what is stripped")]
    public void A_length_that_cannot_be_is_a_corrupted_frame(int size, int adjustment, int strip, string input, string why)
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new LengthFieldBasedFrameDecoder(100, 0, size, adjustment, strip), recorder);

        channel.WriteInbound(Bytes(Convert.FromHexString(input)));

        Assert.True(recorder.Story == "CorruptedFrameException complete", why);
        channel.Finish();
    }

    [Fact]
    public void A_frame_outlives_the_buffer_it_was_cut_from()
    {
        var channel = new EmbeddedChannel(new LengthFieldBasedFrameDecoder(100, 0, 1, 0, 1));

        channel.WriteInbound(Bytes(2, 8, 9, 1));
        channel.WriteInbound(Bytes(7));

        var frame = channel.ReadInbound<IByteBuffer>();
        Assert.Equal("0809", ByteBufferUtil.HexDump(frame));
        frame.Release();
        channel.FinishAndReleaseAll();
    }

    [Fact]
    public void A_subclass_reads_lengths_of_its_own()
    {
        string[] frames = Decode(() => new DecimalLength(), "30336162633031" + "64");

        Assert.Equal(["616263", "64"], frames);
    }

    [Fact]
    public void A_field_of_five_bytes_is_refused_when_it_is_read()
    {
        var channel = new EmbeddedChannel(new LengthFieldBasedFrameDecoder(100, 0, 5));

        Assert.Throws<DecoderException>(() => channel.WriteInbound(Bytes(0, 0, 0, 0, 1)));

        Assert.Throws<DecoderException>(() => channel.Finish());
    }

    [Theory]
    [InlineData(0, 0, 1, 0)]
    [InlineData(10, -1, 1, 0)]
    [InlineData(10, 0, 0, 0)]
    [InlineData(10, 9, 2, 0)]
    [InlineData(10, 0, 1, -1)]
    public void Refuses_arguments_that_make_no_frame(int max, int offset, int size, int strip)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LengthFieldBasedFrameDecoder(max, offset, size, 0, strip));
    }

    private static string[] Decode(Func<IChannelHandler> decoder, string input) => Decode(decoder, Convert.FromHexString(input));

    private static string[] Decode(Func<IChannelHandler> decoder, params byte[][] pieces)
    {
        var channel = new EmbeddedChannel(decoder());
        foreach (byte[] piece in pieces)
        {
            channel.WriteInbound(Bytes(piece));
        }

        channel.Finish();
        string[] frames = [.. channel.InboundMessages.Cast<IByteBuffer>().Select(ByteBufferUtil.HexDump)];
        channel.ReleaseInbound();
        return frames;
    }

    /// <summary>Two digits.</summary>
    private sealed class DecimalLength() : LengthFieldBasedFrameDecoder(100, 0, 2, 0, 2)
    {
        protected override long GetUnadjustedFrameLength(IByteBuffer buffer, int offset, int length, ByteOrder order) =>
            (10 * (buffer.GetByte(offset) - '0')) + buffer.GetByte(offset + 1) - '0';
    }
}
