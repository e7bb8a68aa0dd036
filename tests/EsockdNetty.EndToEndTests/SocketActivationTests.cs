using System.Net;
using System.Net.Sockets;
using EsockdNetty.EndToEndTests.Hostile;
using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.EndToEndTests.Server;
using EsockdNetty.HostileHost;

namespace EsockdNetty.EndToEndTests;

/// <summary>Listening sockets that whoever started the program made, by their names and by their numbers.</summary>
public sealed class SocketActivationTests
{
    [PeerTheory("python3")]
    [InlineData(SocketTransport.Epoll)]
    [InlineData(SocketTransport.Sockets)]
    public async Task Sockets_are_served_by_name_and_by_number(SocketTransport transport)
    {
        await using HostileServer server = await HostileServer.StartByAsync(
            "python3",
            [PeerScripts.At("hand_in.py"), "mail:web:more"],
            transport,
            ServerKind.Session,
            "address=systemd://web",
            "+",
            nameof(ServerKind.Session),
            "address=systemd://mail",
            "+",
            nameof(ServerKind.Session),
            "address=fd://5");

        foreach (IPEndPoint endPoint in server.EndPoints)
            Assert.Equal(7, await EchoAsync(endPoint, 7));

        Assert.Equal(3, server.EndPoints.Distinct().Count());
        Assert.Empty(server.Errors);
    }

    [PeerTheory("python3")]
    [InlineData(SocketTransport.Epoll)]
    [InlineData(SocketTransport.Sockets)]
    public async Task EchoServer_serves_them_too(SocketTransport transport)
    {
        await using EchoServerProcess server = await EchoServerProcess.StartByAsync(
            "python3", [PeerScripts.At("hand_in.py"), "mail:web"], transport, "--listen", "systemd://web", "--listen", "fd://3");

        Assert.Equal(7, await EchoAsync(server.EndPoint(0), 7));
        Assert.Equal(8, await EchoAsync(server.EndPoint(1), 8));
    }

    [PeerTheory("python3")]
    [InlineData(SocketTransport.Epoll)]
    [InlineData(SocketTransport.Sockets)]
    public async Task A_child_of_the_program_is_handed_nothing(SocketTransport transport)
    {
        await using HostileServer server = await HostileServer.StartByAsync(
            "python3", [PeerScripts.At("hand_in.py"), "mail:web:more"], transport, ServerKind.Session, "address=systemd://web");

        string[] found = await server.ChildAsync();

        Assert.Contains("variable PATH", found);
        Assert.Contains(found, static one => one.StartsWith("descriptor 2 ", StringComparison.Ordinal));
        Assert.DoesNotContain(found, static one => one.StartsWith("variable LISTEN_", StringComparison.Ordinal));
        Assert.All(["3", "4", "5"], number => Assert.DoesNotContain(found, one => one.StartsWith($"descriptor {number} socket:", StringComparison.Ordinal)));
    }

    private static async Task<byte> EchoAsync(IPEndPoint endPoint, byte value)
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(endPoint, Guard.Within(Guard.Event));
        byte[] answer = [value];
        await client.SendAsync(answer, Guard.Within(Guard.Event));
        answer[0] = 0;
        await client.ReceiveAsync(answer, Guard.Within(Guard.Event));
        return answer[0];
    }
}
