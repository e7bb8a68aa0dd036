using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests;

public abstract class PythonTests(SocketTransport transport)
{
    [PeerFact("python3")]
    public async Task Two_packed_integers_come_back_as_the_same_eight_bytes()
    {
        await using EchoServerProcess server = await EchoServerProcess.PlainAsync(transport);

        await using ChildProgram python = await ChildProgram.RunAsync("python3", PeerScripts.At("two_ints.py"), server.PortText());

        Assert.True(await python.ExitAsync() == 0, $"{python}\n{server}");
        Assert.Equal("(12, 34)", python.Output.Trim());
    }

    public sealed class OnEpoll() : PythonTests(SocketTransport.Epoll);

    public sealed class OnSockets() : PythonTests(SocketTransport.Sockets);
}
