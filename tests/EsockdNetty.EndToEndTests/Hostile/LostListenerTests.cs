using System.Net.Sockets;
using EsockdNetty.HostileHost;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>A neighbour in the process closes the listening socket by its number, and nothing is ever accepted that would tell.</summary>
public sealed class LostListenerTests
{
    public static TheoryData<SocketTransport, bool> Losses => new()
    {
        { SocketTransport.Epoll, false },
        { SocketTransport.Epoll, true },
        { SocketTransport.Sockets, false },
        { SocketTransport.Sockets, true },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Is_bound_again_while_connections_live_on_and_the_number_is_left_to_whoever_has_it(SocketTransport transport, bool reuse)
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Session);
        using Socket living = Connect(server);
        await EchoAsync(living, 1);

        await server.LoseListenersAsync(reuse);
        Figures figures = await server.UntilAsync(static figures => figures.Rebinds == 1);

        Assert.Equal(reuse ? 1 : 0, figures.NumbersKept);
        await EchoAsync(living, 2);
        using Socket newcomer = Connect(server);
        await EchoAsync(newcomer, 3);
    }

    [Theory]
    [InlineData(SocketTransport.Epoll)]
    [InlineData(SocketTransport.Sockets)]
    public async Task Of_two_listeners_both_are_bound_again(SocketTransport transport)
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Session, "+", nameof(ServerKind.Session));

        await server.LoseListenersAsync(reuse: true);
        Figures figures = await server.UntilAsync(static figures => figures.Rebinds == 2);

        Assert.Equal(2, figures.NumbersKept);
        foreach (System.Net.IPEndPoint endPoint in server.EndPoints)
        {
            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            client.Connect(endPoint);
            await EchoAsync(client, 4);
        }
    }

    private static Socket Connect(HostileServer server)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(server.EndPoint);
        return client;
    }

    private static async Task EchoAsync(Socket client, byte value)
    {
        byte[] answer = new byte[1];
        await client.SendAsync(new[] { value }, Guard.Within(Guard.Event));
        int received = await client.ReceiveAsync(answer, Guard.Within(Guard.Event));

        Assert.Equal((1, value), (received, answer[0]));
    }
}
