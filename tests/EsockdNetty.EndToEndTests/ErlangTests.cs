using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests;

public class ErlangTests
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
    public async Task Erlang_gets_back_every_frame_whole_split_and_coalesced(string transport, string packet)
    {
        await using EchoServerProcess server = await EchoServerProcess.StartAsync("--listen", $"{transport}://127.0.0.1:0", "--packet", packet);

        await using ChildProgram erlang = await ChildProgram.RunAsync(
            "escript", PeerScripts.At("echo.escript"), transport, server.PortText(), packet, Certificates.Authority);

        Assert.True(await erlang.ExitAsync() == 0, $"{erlang}\n{server}");
    }
}
