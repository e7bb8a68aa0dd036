using System.Net.Sockets;
using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests.Examples.EchoServer;

/// <summary>What --stats shows of a running server.</summary>
public abstract class StatsTests(SocketTransport transport)
{
    [Fact]
    public async Task Without_a_terminal_lines_on_stderr_say_why_clients_were_refused()
    {
        await using EchoServerProcess server = await EchoServerProcess.PlainAsync(transport, "--stats", "0.2", "--max-connections", "1");
        using Socket served = await ConnectAsync(server);
        Assert.Equal(1, await EchoAsync(served));
        await ConnectInVainAsync(server);

        await server.LogAsync("why refused: max_connections 1;");
        await server.LogAsync("stats tcp-1 running: current 1, ");

        Assert.DoesNotContain('\u001b', server.Log);
    }

    [Fact]
    public async Task Its_last_lines_come_after_the_drain()
    {
        await using EchoServerProcess server = await EchoServerProcess.PlainAsync(transport, "--stats", "3600");

        await server.SignalAsync("TERM");

        Assert.True(await server.ExitAsync() == 0, server.ToString());
        Assert.Contains("stats tcp-1 closed: current 0", server.Log, StringComparison.Ordinal);
    }

    // script(1) gives a program a terminal, and passes on what it draws.
    [PeerFact("script")]
    public async Task On_a_terminal_a_table_is_drawn_and_the_log_stands_above_it()
    {
        await using var terminal = new ChildProgram(
            "env", "TERM=xterm", "script", "--quiet", "--return", "--command",
            $"stty columns 160; exec dotnet {EchoServerProcess.Assembly} {string.Join(' ', EchoServerProcess.ArgumentsOf(transport))} --listen tcp://127.0.0.1:0 --stats 0.2", "/dev/null");

        await terminal.OutputAsync(static text => text.Contains("Why refused", StringComparison.Ordinal) && text.Contains('\u001b'));
        await terminal.OutputAsync(static text => text.Contains("listening tcp://", StringComparison.Ordinal));
        await terminal.WriteAsync("\u0003");

        Assert.True(await terminal.ExitAsync() == 0, terminal.ToString());
        Assert.DoesNotContain("stats tcp-1", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("is closed; it accepted 0 connections", terminal.Output, StringComparison.Ordinal);
    }

    private static async Task<Socket> ConnectAsync(EchoServerProcess server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.EndPoint(), Guard.Within(Guard.Event));
        return socket;
    }

    private static async Task<int> EchoAsync(Socket socket)
    {
        await socket.SendAsync(new byte[] { 42 }, Guard.Within(Guard.Event));
        return await socket.ReceiveAsync(new byte[1], Guard.Within(Guard.Event));
    }

    // Refused by a reset, which may come before the connect is done.
    private static async Task ConnectInVainAsync(EchoServerProcess server)
    {
        try
        {
            using Socket refused = await ConnectAsync(server);
            Assert.Equal(0, await refused.ReceiveAsync(new byte[1], Guard.Within(Guard.Event)));
        }
        catch (SocketException)
        {
            // As it should be.
        }
    }

    public sealed class OnEpoll() : StatsTests(SocketTransport.Epoll);

    public sealed class OnSockets() : StatsTests(SocketTransport.Sockets);
}
