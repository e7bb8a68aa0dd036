using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests;

public abstract class SocatTests(SocketTransport transport)
{
    // socat shuts its writing half down when its input ends, then waits this long for the rest of the answer.
    private const string WaitsForTheRest = "-t20";

    [PeerTheory("socat")]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData(1024 * 1024)]
    public async Task A_client_that_ends_its_half_still_gets_everything_back(int size)
    {
        await using EchoServerProcess server = await EchoServerProcess.PlainAsync(transport);
        string sent = string.Create(size, 0, (text, _) => { for (int i = 0; i < text.Length; i++) text[i] = (char)('a' + (i % 26)); });

        await using var socat = new ChildProgram("socat", WaitsForTheRest, "-", $"TCP:127.0.0.1:{server.PortText()}");
        await socat.WriteAsync(sent);
        socat.Input.Close();

        Assert.True(await socat.ExitAsync() == 0, $"{socat}\n{server}");
        Assert.Equal(sent, socat.Output);
    }

    [PeerFact("socat")]
    public async Task A_unix_socket_echoes_like_any_other()
    {
        string path = Path.Combine(Path.GetTempPath(), $"echo-{Guid.NewGuid():N}.sock");
        await using EchoServerProcess server = await EchoServerProcess.StartAsync(transport, "--listen", $"unix://{path}");

        await using var socat = new ChildProgram("socat", WaitsForTheRest, "-", $"UNIX-CONNECT:{path}");
        await socat.WriteAsync("through the file system");
        socat.Input.Close();

        Assert.True(await socat.ExitAsync() == 0, $"{socat}\n{server}");
        Assert.Equal("through the file system", socat.Output);
    }

    public sealed class OnEpoll() : SocatTests(SocketTransport.Epoll);

    public sealed class OnSockets() : SocatTests(SocketTransport.Sockets);
}
