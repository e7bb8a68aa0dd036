using System.Net.Sockets;
using System.Text;
using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests.Examples.EchoServer;

public class WhoAmITests
{
    [Theory]
    [InlineData("epoll")]
    [InlineData("sockets")]
    public async Task A_client_that_asks_is_told_its_own_address(string transport)
    {
        await using EchoServerProcess server = await EchoServerProcess.PlainAsync("--whoami", "--packet", "line", "--transport", transport);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.EndPoint(), Guard.Within(Guard.Event));
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.ASCII);

        await stream.WriteAsync("WHOAMI\nsomething else\n"u8.ToArray(), Guard.Within(Guard.Event));

        Assert.Equal(socket.LocalEndPoint!.ToString(), await reader.ReadLineAsync(Guard.Within(Guard.Event)));
        Assert.Equal("something else", await reader.ReadLineAsync(Guard.Within(Guard.Event)));
    }
}
