using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels.Embedded;
using EchoServer;

namespace EsockdNetty.EndToEndTests.Examples.EchoServer;

public class EchoHandlerTests
{
    [Fact]
    public void Writes_back_the_very_message_it_read()
    {
        var channel = new EmbeddedChannel(new EchoHandler());
        IByteBuffer message = Unpooled.CopiedBuffer("hello", Encoding.ASCII);

        channel.WriteInbound(message);

        Assert.Same(message, channel.ReadOutbound<IByteBuffer>());
        Assert.Equal(1, message.ReferenceCount);
        message.Release();
    }

    [Fact]
    public void Several_messages_of_one_read_come_back_in_order()
    {
        var channel = new EmbeddedChannel(new EchoHandler());

        channel.WriteInbound("one", "two", "three");

        Assert.Equal(["one", "two", "three"], channel.OutboundMessages);
    }

    [Fact]
    public void Nothing_is_sent_before_the_read_is_complete()
    {
        var channel = new EmbeddedChannel(new EchoHandler());

        channel.Pipeline.FireChannelRead("one");
        bool early = channel.OutboundMessages.Count > 0;
        channel.Pipeline.FireChannelReadComplete();

        Assert.False(early);
        Assert.Equal(["one"], channel.OutboundMessages);
    }

    [Fact]
    public void One_instance_serves_two_connections()
    {
        var echo = new EchoHandler();
        var first = new EmbeddedChannel(echo);
        var second = new EmbeddedChannel(echo);

        second.WriteInbound("two");

        Assert.Empty(first.OutboundMessages);
        Assert.Equal(["two"], second.OutboundMessages);
    }
}
