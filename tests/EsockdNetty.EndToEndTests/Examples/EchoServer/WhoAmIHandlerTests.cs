using System.Net;
using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels.Embedded;
using EchoServer;

namespace EsockdNetty.EndToEndTests.Examples.EchoServer;

public class WhoAmIHandlerTests
{
    [Theory]
    [InlineData("192.0.2.7", "WHOAMI", "192.0.2.7:4711")]
    [InlineData("192.0.2.7", "WHOAMI\n", "192.0.2.7:4711\n")]
    [InlineData("192.0.2.7", "WHOAMI\r\n", "192.0.2.7:4711\r\n")]
    [InlineData("2001:db8::1", "WHOAMI", "[2001:db8::1]:4711")]
    [InlineData("::ffff:192.0.2.7", "WHOAMI", "192.0.2.7:4711")]
    public void Answers_with_the_clients_address(string address, string question, string answer)
    {
        var channel = new ClientChannel(address);
        IByteBuffer payload = Unpooled.CopiedBuffer(question, Encoding.ASCII);

        channel.WriteInbound(payload);
        channel.Flush();

        Assert.Equal(answer, Text(channel.ReadOutbound<IByteBuffer>()));
        Assert.Empty(channel.InboundMessages);
        Assert.Equal(0, payload.ReferenceCount);
    }

    [Theory]
    [InlineData("whoami")]
    [InlineData("WHOAMI?")]
    [InlineData("WHOAMI\n\n")]
    [InlineData("WHO")]
    [InlineData("a WHOAMI")]
    public void All_else_is_passed_on(string payload)
    {
        var channel = new ClientChannel("192.0.2.7");

        channel.WriteInbound(Unpooled.CopiedBuffer(payload, Encoding.ASCII));

        Assert.Equal(payload, Text(channel.ReadInbound<IByteBuffer>()));
        Assert.Empty(channel.OutboundMessages);
    }

    private static string Text(IByteBuffer buffer)
    {
        string text = buffer.ToString(Encoding.ASCII);
        buffer.Release();
        return text;
    }

    private sealed class ClientChannel(string address) : EmbeddedChannel(new WhoAmIHandler())
    {
        protected override EndPoint RemoteAddressInternal => new IPEndPoint(IPAddress.Parse(address), 4711);
    }
}
