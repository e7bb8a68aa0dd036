using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests;

public sealed class MessageToMessageDecoderTests : LeakFreeTests
{
    [Fact]
    public void Fires_what_it_made_and_releases_the_message()
    {
        IByteBuffer message = Bytes(1, 2);
        var channel = new EmbeddedChannel(new BytesDecoder());

        channel.WriteInbound(message);

        Assert.Equal([1, 2], channel.InboundMessages);
        Assert.Equal(0, message.ReferenceCount);
    }

    [Fact]
    public void Other_messages_pass_by()
    {
        var channel = new EmbeddedChannel(new BytesDecoder());

        channel.WriteInbound("text");

        Assert.Equal("text", channel.ReadInbound<string>());
    }

    [Fact]
    public void A_failure_fires_what_was_made_before_it_and_releases_the_message()
    {
        IByteBuffer message = Bytes(1, 0, 2);
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new BytesDecoder(), recorder);

        channel.WriteInbound(message);

        Assert.Equal("1 DecoderException complete", recorder.Story);
        Assert.Equal(0, message.ReferenceCount);
    }

    [Fact]
    public void Asks_for_another_read_when_a_message_became_none()
    {
        EmbeddedChannel channel = ReadOnDemand(new BytesDecoder());

        channel.WriteInbound(Bytes(1));
        bool afterOne = channel.ReadPending;
        channel.WriteInbound(Bytes());

        Assert.False(afterOne);
        Assert.True(channel.ReadPending);
    }

    private sealed class BytesDecoder : MessageToMessageDecoder<IByteBuffer>
    {
        protected internal override void Decode(IChannelHandlerContext context, IByteBuffer message, List<object> output)
        {
            while (message.IsReadable())
            {
                output.Add(message.ReadByte() is var value && value > 0 ? (int)value : throw new FormatException());
            }
        }
    }
}
