using DotNetty.Buffers;
using DotNetty.Codecs.Protobuf;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests.Protobuf;

public sealed class ProtobufVarint32LengthFieldPrependerTests : LeakFreeTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(1, "01")]
    [InlineData(127, "7f")]
    [InlineData(128, "8001")]
    [InlineData(16383, "ff7f")]
    [InlineData(16384, "808001")]
    [InlineData(2097152, "80808001")]
    public void Puts_the_length_before_the_message(int length, string prefix)
    {
        var channel = new EmbeddedChannel(new ProtobufVarint32LengthFieldPrepender());
        IByteBuffer message = PooledByteBufferAllocator.Default.Buffer(length + 1).WriteZero(length + 1).SkipBytes(1);

        channel.WriteOutbound(message);

        var written = channel.ReadOutbound<IByteBuffer>();
        Assert.Equal(prefix, ByteBufferUtil.HexDump(written, 0, prefix.Length / 2));
        Assert.Equal((length + (prefix.Length / 2), 0), (written.ReadableBytes, message.ReferenceCount));
        written.Release();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(127, 1)]
    [InlineData(128, 2)]
    [InlineData(16383, 2)]
    [InlineData(16384, 3)]
    [InlineData(2097151, 3)]
    [InlineData(2097152, 4)]
    [InlineData(268435455, 4)]
    [InlineData(268435456, 5)]
    [InlineData(int.MaxValue, 5)]
    [InlineData(-1, 5)]
    public void Knows_how_many_bytes_a_length_takes(int value, int size)
    {
        Assert.Equal(size, ProtobufVarint32LengthFieldPrepender.ComputeRawVarint32Size(value));
    }

    [Fact]
    public void What_is_written_is_read()
    {
        var writer = new EmbeddedChannel(new ProtobufVarint32LengthFieldPrepender());
        var recorder = new Recorder();
        var reader = new EmbeddedChannel(new ProtobufVarint32FrameDecoder(), recorder);

        writer.WriteOutbound(Bytes(1, 2), Bytes(), Bytes(3));
        reader.WriteInbound([.. writer.OutboundMessages]);

        Assert.Equal("[0102] [] [03] complete", recorder.Story);
    }

    [Fact]
    public void One_instance_serves_many_channels()
    {
        Assert.True(new ProtobufVarint32LengthFieldPrepender().IsSharable);
    }
}
