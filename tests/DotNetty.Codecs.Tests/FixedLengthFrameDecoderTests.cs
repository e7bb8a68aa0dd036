using EsockdNetty.TestSupport;

namespace DotNetty.Codecs.Tests;

public sealed class FixedLengthFrameDecoderTests : LeakFreeTests
{
    [Fact]
    public void Every_cut_gives_the_same_frames_and_no_rest()
    {
        foreach (byte[][] pieces in Framing.EveryCut([1, 2, 3, 4, 5, 6, 7, 8]))
        {
            Assert.Equal("[010203] [040506]", Framing.Story(new FixedLengthFrameDecoder(3), pieces));
        }
    }

    [Fact]
    public void Refuses_frames_of_nothing()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FixedLengthFrameDecoder(0));
    }
}
