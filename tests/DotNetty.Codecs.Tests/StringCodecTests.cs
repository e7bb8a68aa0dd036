using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests;

public sealed class StringCodecTests : LeakFreeTests
{
    [Theory]
    [InlineData("utf-8", "grüße, 世界 👋")]
    [InlineData("utf-16", "grüße, 世界 👋")]
    [InlineData("us-ascii", "plain")]
    [InlineData("utf-8", "")]
    public void What_is_encoded_is_decoded(string encoding, string text)
    {
        var encoder = new EmbeddedChannel(new StringEncoder(Encoding.GetEncoding(encoding)));
        var decoder = new EmbeddedChannel(new StringDecoder(Encoding.GetEncoding(encoding)));

        encoder.WriteOutbound(text);
        var bytes = encoder.ReadOutbound<IByteBuffer>();
        int length = bytes.ReadableBytes;
        decoder.WriteInbound(bytes);

        Assert.Equal(text, decoder.ReadInbound<string>());
        Assert.Equal((Encoding.GetEncoding(encoding).GetByteCount(text), 0), (length, bytes.ReferenceCount));
    }

    [Fact]
    public void Both_take_utf8_unless_told_otherwise()
    {
        var channel = new EmbeddedChannel(new StringEncoder(), new StringDecoder());

        channel.WriteInbound(Bytes("ü"u8.ToArray()));
        channel.WriteOutbound("ü");

        Assert.Equal("ü", channel.ReadInbound<string>());
        var written = channel.ReadOutbound<IByteBuffer>();
        Assert.Equal("c3bc", ByteBufferUtil.HexDump(written));
        written.Release();
    }

    [Fact]
    public void The_write_of_an_empty_string_completes()
    {
        var channel = new EmbeddedChannel(new StringEncoder());

        Task write = channel.WriteAndFlushAsync(string.Empty);

        Assert.True(write.IsCompletedSuccessfully);
        channel.ReleaseOutbound();
    }

    [Fact]
    public void Each_frame_is_decoded_by_itself()
    {
        var channel = new EmbeddedChannel(new LineBasedFrameDecoder(10), new StringDecoder());
        byte[] whole = "ü\n"u8.ToArray();

        channel.WriteInbound(Bytes(whole[..1]), Bytes(whole[1..]));
        channel.WriteInbound(Bytes(whole[0], (byte)'\n', whole[1], (byte)'\n'));

        Assert.Equal(["ü", "\uFFFD", "\uFFFD"], channel.InboundMessages);
    }

    [Fact]
    public void A_character_may_be_spread_over_pieces_of_memory()
    {
        var channel = new EmbeddedChannel(new StringDecoder());
        byte[] wave = "👋"u8.ToArray();

        channel.WriteInbound(PooledByteBufferAllocator.Default.CompositeBuffer().AddComponents(true, Bytes(wave[..1]), Bytes(wave[1..3]), Bytes(wave[3..])));

        Assert.Equal("👋", channel.ReadInbound<string>());
    }

    [Fact]
    public void One_instance_serves_many_channels()
    {
        Assert.True(new StringEncoder().IsSharable && new StringDecoder().IsSharable);
    }

    [Fact]
    public void Other_messages_pass_by()
    {
        var channel = new EmbeddedChannel(new StringEncoder(), new StringDecoder());

        channel.WriteInbound(1);
        channel.WriteOutbound(2);

        Assert.Equal((1, 2), (channel.ReadInbound<int>(), channel.ReadOutbound<int>()));
    }

    [Fact]
    public void Refuses_no_encoding()
    {
        Assert.Throws<ArgumentNullException>(() => new StringEncoder(null!));
        Assert.Throws<ArgumentNullException>(() => new StringDecoder(null!));
    }
}
