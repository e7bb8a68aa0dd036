using Acme.Echo;
using DotNetty.Codecs;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Compatibility.Tests.Corpus.Echo;

public sealed class EchoTests
{
    [Fact]
    public async Task The_server_echoes_a_hundred_times_and_both_shut_down()
    {
        var server = new EchoServer();
        await Within.Reached(server.StartAsync());

        string echo = await Within.Reached(EchoClient.RunAsync(server.Port, "grüß dich", 100));
        await Within.Reached(server.StopAsync());

        Assert.Equal("grüß dich", echo);
    }

    [Fact]
    public void An_exception_closes_the_connection()
    {
        var channel = new EmbeddedChannel(new EchoServerHandler());

        channel.Pipeline.FireExceptionCaught(new DecoderException("junk"));

        Assert.False(channel.Open);
        channel.CheckException();
    }
}
