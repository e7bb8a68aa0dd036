using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class TcpSocketChannelTests : LeakFreeTests
{
    private readonly Recorder _recorder = new();

    [Fact]
    public async Task A_socket_its_owner_disposed_is_told_and_ends_the_channel()
    {
        await using RealServer server = await RealServer.StartAsync();
        Socket client = await server.ConnectAsync();
        var channel = new TcpSocketChannel(client);
        channel.Pipeline.AddLast(_recorder);
        await Within.Reached(server.Group.RegisterAsync(channel));

        client.Dispose();
        await Within.Reached(_recorder.Ended.Task);

        Assert.NotEmpty(_recorder.Exceptions);
        Assert.False(channel.Open);
    }

    [Fact]
    public async Task A_socket_disposed_while_paused_is_found_by_the_next_read()
    {
        await using RealServer server = await RealServer.StartAsync();
        Socket client = await server.ConnectAsync();
        var channel = new TcpSocketChannel(client);
        channel.Configuration.AutoRead = false;
        channel.Pipeline.AddLast(_recorder);
        await Within.Reached(server.Group.RegisterAsync(channel));

        client.Dispose();
        channel.Read();
        await Within.Reached(_recorder.Ended.Task);

        Assert.NotEmpty(_recorder.Exceptions);
    }

    [Fact]
    public async Task An_IPv4_peer_of_a_dual_stack_listener_is_shown_as_IPv4()
    {
        await using RealServer server = await RealServer.StartAsync();
        Socket client = await server.ConnectAsync();
        IChannel channel = await server.AcceptedAsync();

        Assert.Equal(client.LocalEndPoint, channel.RemoteAddress);
        Assert.Equal(client.RemoteEndPoint, channel.LocalAddress);
        Assert.Equal(AddressFamily.InterNetwork, ((IPEndPoint)server.Address).AddressFamily);
        Assert.True(((TcpSocketChannel)channel).Descriptor > 0);
    }

    [Fact]
    public void A_derived_channel_reaches_its_socket()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        Assert.Same(socket, new Derived(socket).Below);
        Assert.Same(socket, new DerivedServer(socket).Below);
    }

    private sealed class Derived(Socket socket) : TcpSocketChannel(socket)
    {
        public Socket Below => Socket;
    }

    private sealed class DerivedServer(Socket socket) : TcpServerSocketChannel(socket)
    {
        public Socket Below => Socket;
    }
}
