using DotNetty.Buffers;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests;

public sealed class LineBasedFrameDecoderTests : LeakFreeTests
{
    [Theory]
    [InlineData(true, "[6162] [] [63] [0d64]")]
    [InlineData(false, "[61620a] [0d0a] [630d0a] [0d640a]")]
    public void Ends_lines_as_unix_and_as_windows_do(bool strips, string lines)
    {
        foreach (byte[][] pieces in Framing.EveryCut("ab\n\r\nc\r\n\rd\n"u8.ToArray()))
        {
            string story = Framing.Story(new LineBasedFrameDecoder(10, strips, false), pieces);

            Assert.Equal(lines, story);
        }
    }

    [Fact]
    public void The_end_of_a_line_of_the_greatest_length_may_come_in_pieces()
    {
        foreach (byte[][] pieces in Framing.EveryCut("abc\r\nabc\n"u8.ToArray()))
        {
            string story = Framing.Story(new LineBasedFrameDecoder(3, true, true), pieces);

            Assert.Equal("[616263] [616263]", story);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_cut_around_a_line_that_is_too_long_gives_one_error_and_the_lines_beside_it(bool failFast)
    {
        foreach (byte[][] pieces in Framing.EveryCut("a\nbbbb\rbbb\r\nc\n"u8.ToArray()))
        {
            string story = Framing.Story(new LineBasedFrameDecoder(3, true, failFast), pieces);

            Assert.Equal("[61] TooLongFrameException [63]", story);
        }
    }

    [Fact]
    public void Complains_at_the_end_of_a_line_that_is_too_long_unless_told_to_do_so_at_once()
    {
        var patient = new Recorder();
        var hasty = new Recorder();
        var patientChannel = new EmbeddedChannel(new LineBasedFrameDecoder(2), patient);
        var hastyChannel = new EmbeddedChannel(new LineBasedFrameDecoder(2, true, true), hasty);

        patientChannel.WriteInbound(Bytes(0, 1, 2));
        hastyChannel.WriteInbound(Bytes(0, 1, 2));

        Assert.Equal("complete", patient.Story);
        Assert.Equal("TooLongFrameException complete", hasty.Story);
        patientChannel.WriteInbound(Bytes((byte)'\n'));
        hastyChannel.WriteInbound(Bytes((byte)'\n'));
        Assert.Equal("complete TooLongFrameException complete", patient.Story);
        Assert.Equal("TooLongFrameException complete complete", hasty.Story);
    }

    [Fact]
    public void A_line_without_an_end_is_none()
    {
        Assert.Equal("[61]", Framing.Story(new LineBasedFrameDecoder(10), "a\nb"u8.ToArray()));
    }

    [Fact]
    public void A_line_is_found_in_a_buffer_of_buffers()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new LineBasedFrameDecoder(10), recorder);
        CompositeByteBuffer inner = PooledByteBufferAllocator.Default.CompositeBuffer().AddComponents(true, Bytes(98, 99), Bytes(13));
        CompositeByteBuffer outer = PooledByteBufferAllocator.Default.CompositeBuffer().AddComponents(true, Bytes(97), inner, Bytes(10, 100), Bytes(10));

        channel.WriteInbound(outer.RetainedSlice(), outer);

        Assert.Equal("[616263] [64] [616263] [64] complete", recorder.Story);
    }
}
