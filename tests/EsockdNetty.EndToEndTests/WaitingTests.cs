using System.Net;
using System.Net.Sockets;
using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests;

/// <summary>A listener that has all the connections it may, and lets the next ones wait.</summary>
public sealed class WaitingTests
{
    // The program's clock is the system's: both transports wait their 5 s at the same time.
    [Fact]
    public async Task A_listener_that_waits_for_five_seconds_says_so_once_and_again_when_it_waits_no_more() =>
        await Task.WhenAll(SeesItAsync(SocketTransport.Epoll), SeesItAsync(SocketTransport.Sockets));

    private static async Task SeesItAsync(SocketTransport transport)
    {
        await using EchoServerProcess server = await EchoServerProcess.PlainAsync(transport, "--stats", "0.2", "--max-connections", "1", "--over-limit", "wait");
        using Socket first = await ConnectAsync(server.EndPoint());
        await EchoAsync(first);

        using Socket second = await ConnectAsync(server.EndPoint());
        await server.LogAsync("stats tcp-1 running, waiting: current 1,");
        await server.LogAsync("accepts nothing meanwhile: max_connections, at 1 connection. Remedy: raise Limits:MaxConnections");
        first.Dispose();
        await EchoAsync(second);
        await server.LogAsync("Listener tcp-1 waits for a permit no more");

        Assert.Single(server.Log.Split('\n'), static line => line.Contains("Listener tcp-1 has waited for a permit", StringComparison.Ordinal));
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint endPoint)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endPoint, Guard.Within(Guard.Event));
        return socket;
    }

    private static async Task EchoAsync(Socket socket)
    {
        byte[] one = [42];
        await socket.SendAsync(one, Guard.Within(Guard.Event));
        Assert.Equal(1, await socket.ReceiveAsync(one, Guard.Within(Guard.Event)));
    }
}
