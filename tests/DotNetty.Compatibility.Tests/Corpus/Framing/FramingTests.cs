using System.Text;
using Acme.Framing;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Compatibility.Tests.Corpus.Framing;

public sealed class FramingTests
{
    [Fact]
    public void A_length_that_is_written_in_digits_is_understood()
    {
        var channel = new EmbeddedChannel(new OldFrameDecoder());

        channel.WriteInbound(Text("0005hel"), Text("lo0002by"));

        Assert.Equal("hello", ReadText(channel));
        Assert.Equal("by", ReadText(channel));
        Assert.False(channel.Finish());
    }

    [Fact]
    public void A_length_that_is_no_number_is_a_corrupted_frame()
    {
        var channel = new EmbeddedChannel(new OldFrameDecoder());

        Assert.Throws<CorruptedFrameException>(() => channel.WriteInbound(Text("12x4")));
    }

    [Fact]
    public void A_prepender_counts_what_it_frames()
    {
        var prepender = new TracingPrepender();
        var channel = new EmbeddedChannel(prepender);

        channel.WriteOutbound(Text("abc"), Text("d"));

        Assert.Equal(2, prepender.Frames);
        Assert.Equal([5, 3], FrameLengths(channel));
    }

    [Fact]
    public void Patience_ends_with_the_third_silent_period()
    {
        var channel = new EmbeddedChannel(new PatienceHandler(10, 3));

        channel.AdvanceTimeBy(TimeSpan.FromSeconds(29));
        bool before = channel.Open;
        channel.AdvanceTimeBy(TimeSpan.FromSeconds(2));

        Assert.Equal((true, false), (before, channel.Open));
    }

    private static IByteBuffer Text(string text) => Unpooled.CopiedBuffer(text, Encoding.ASCII);

    private static string ReadText(EmbeddedChannel channel)
    {
        using var frame = new OwnedBuffer(channel.ReadInbound<IByteBuffer>());
        return frame.Buffer.ToString(Encoding.ASCII);
    }

    private static List<int> FrameLengths(EmbeddedChannel channel)
    {
        var lengths = new List<int>();
        while (channel.ReadOutbound<IByteBuffer>() is { } frame)
        {
            lengths.Add(frame.ReadUnsignedShort());
            frame.Release();
        }

        return lengths;
    }
}
