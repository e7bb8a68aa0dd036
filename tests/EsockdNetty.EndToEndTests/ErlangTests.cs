using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests;

public abstract class ErlangTests(SocketTransport transport)
{
    [PeerTheory("escript")]
    [InlineData("tcp", "raw")]
    [InlineData("tcp", "1")]
    [InlineData("tcp", "2")]
    [InlineData("tcp", "4")]
    [InlineData("tcp", "line")]
    [InlineData("ssl", "raw")]
    [InlineData("ssl", "1")]
    [InlineData("ssl", "2")]
    [InlineData("ssl", "4")]
    [InlineData("ssl", "line")]
    public async Task Erlang_gets_back_every_frame_whole_split_and_coalesced(string scheme, string packet)
    {
        await using EchoServerProcess server = await EchoServerProcess.StartAsync(transport, "--listen", $"{scheme}://127.0.0.1:0", "--packet", packet);

        await using ChildProgram erlang = await ChildProgram.RunAsync(
            "escript", PeerScripts.At("echo.escript"), scheme, server.PortText(), packet, Certificates.Authority);

        Assert.True(await erlang.ExitAsync() == 0, $"{erlang}\n{server}");
    }

    public sealed class OnEpoll() : ErlangTests(SocketTransport.Epoll);

    public sealed class OnSockets() : ErlangTests(SocketTransport.Sockets);
}
