using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests;

public abstract class DrainTests(SocketTransport transport)
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_ends_the_server_with_exit_code_0(string signal)
    {
        await using EchoServerProcess server = await EchoServerProcess.PlainAsync(transport);

        await server.SignalAsync(signal);

        Assert.True(await server.ExitAsync() == 0, server.ToString());
    }

    [Fact]
    public async Task Quiet_connections_are_ended_by_FIN()
    {
        await using EchoServerProcess server = await EchoServerProcess.PlainAsync(transport, "--drain-timeout", "2");
        using EchoClient first = await EchoClient.ServedAsync(server.EndPoint(), Guard.Within(Guard.Event));
        using EchoClient second = await EchoClient.ServedAsync(server.EndPoint(), Guard.Within(Guard.Event));

        await server.SignalAsync("TERM");

        Assert.True(await first.EndsAsync(Guard.Within(Guard.Event)), server.ToString());
        Assert.True(await second.EndsAsync(Guard.Within(Guard.Event)), server.ToString());
        Assert.True(await server.ExitAsync() == 0, server.ToString());
    }

    public sealed class OnEpoll() : DrainTests(SocketTransport.Epoll);

    public sealed class OnSockets() : DrainTests(SocketTransport.Sockets);
}
