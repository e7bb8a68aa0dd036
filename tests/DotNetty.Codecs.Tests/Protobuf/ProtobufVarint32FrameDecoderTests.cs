using DotNetty.Buffers;
using DotNetty.Codecs.Protobuf;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests.Protobuf;

public sealed class ProtobufVarint32FrameDecoderTests : LeakFreeTests
{
    [Fact]
    public void Every_cut_gives_the_same_frames()
    {
        byte[] input = [2, 8, 9, 0, 0x81, 0x00, 7, 0x80, 0x00, 1, 5];

        foreach (byte[][] pieces in Framing.EveryCut(input))
        {
            Assert.Equal("[0809] [] [07] [] [05]", Framing.Story(new ProtobufVarint32FrameDecoder(), pieces));
        }
    }

    [Fact]
    public void A_length_over_several_bytes_has_the_lowest_first()
    {
        byte[] body = new byte[300];

        string story = Framing.Story(new ProtobufVarint32FrameDecoder(), [0xAC, 0x02, .. body]);

        Assert.Equal($"[{Convert.ToHexStringLower(body)}]", story);
    }

    [Theory]
    [InlineData("FFFFFFFFFF", "a fifth byte that is not the last")]
    [InlineData("FFFFFFFFFFFFFFFFFF01", "more than five bytes")]
    [InlineData("FFFFFFFF0F", "negative")]
    [InlineData("8080808008", "the lowest number that is negative")]
    [InlineData("8080808010", "beyond 32 bits")]
    public void A_length_that_is_none_is_said_once_and_what_follows_is_dropped(string length, string why)
    {
        foreach (byte[][] pieces in Framing.EveryCut([1, 7, .. Convert.FromHexString(length), 1, 8, 1, 9]))
        {
            string story = Framing.Story(new ProtobufVarint32FrameDecoder(), pieces);

            Assert.True(story == "[07] CorruptedFrameException", $"{why}: {story}");
        }
    }

    [Fact]
    public void Every_cut_around_a_frame_that_is_too_long_gives_one_error_and_the_frames_beside_it()
    {
        foreach (byte[][] pieces in Framing.EveryCut([1, 7, 4, 1, 2, 3, 4, 3, 1, 2, 3]))
        {
            Assert.Equal("[07] TooLongFrameException [010203]", Framing.Story(new ProtobufVarint32FrameDecoder(3), pieces));
        }
    }

    [Theory]
    [InlineData("FFFFFF1F", 0)]
    [InlineData("80808020", 0)]
    [InlineData("81808020", 1)]
    public void Without_a_limit_given_it_is_64_MiB_and_reserves_nothing(string length, int complaints)
    {
        var recorder = new Recorder();
        var decoder = new ProtobufVarint32FrameDecoder();
        var channel = new EmbeddedChannel(decoder, recorder);
        IByteBuffer input = Bytes(Convert.FromHexString(length));

        channel.WriteInbound(input);

        Assert.Equal(complaints, recorder.Log.Count(static entry => entry == nameof(TooLongFrameException)));
        Assert.Equal(complaints == 0 ? 1 : 0, input.ReferenceCount);
        channel.Finish();
    }

    [Fact]
    public void Refuses_a_negative_limit()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProtobufVarint32FrameDecoder(-1));
    }
}
