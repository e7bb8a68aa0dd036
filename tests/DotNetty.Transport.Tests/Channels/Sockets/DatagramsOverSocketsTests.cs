using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class DatagramsOverSocketsTests : LeakFreeTests
{
    private readonly RealDatagrams.Inbox _inbox = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1400)]
    [InlineData(9000)]
    [InlineData(65_507)]
    public async Task Echoes_a_datagram_of_any_size_to_a_plain_socket(int size)
    {
        await using var datagrams = new RealDatagrams();
        IChannel server = await datagrams.BindAsync(new RealDatagrams.Echo());
        Socket client = datagrams.Plain();
        byte[] sent = new byte[size];
        Random.Shared.NextBytes(sent);

        await client.SendToAsync(sent, server.LocalAddress).WaitAsync(Within.Guard);
        byte[] received = new byte[64 * 1024];
        int count = await client.ReceiveAsync(received).WaitAsync(Within.Guard);

        Assert.Equal(sent, received[..count]);
    }

    [Fact]
    public async Task A_server_bound_to_a_port_hears_IPv4_and_shows_the_sender_as_that()
    {
        await using var datagrams = new RealDatagrams();
        IChannel server = await Within.Reached(datagrams.Bootstrap(_inbox).Option(ChannelOption.SoBroadcast, true).BindAsync(0));
        Socket client = datagrams.Plain();

        int port = ((IPEndPoint)server.LocalAddress).Port;
        await client.SendToAsync("hello"u8.ToArray(), new IPEndPoint(IPAddress.Loopback, port)).WaitAsync(Within.Guard);

        Assert.Equal(("hello", client.LocalEndPoint!), await _inbox.NextAsync());
        Assert.NotEqual(0, port);
        Assert.True(_inbox.AlwaysOnLoop);
    }

    [Fact]
    public async Task A_channel_of_both_families_hears_and_answers_both()
    {
        if (!Socket.OSSupportsIPv6)
        {
            return;
        }

        await using var datagrams = new RealDatagrams();
        IChannel server = await Within.Reached(datagrams.Bootstrap(new RealDatagrams.Echo()).BindAsync(IPAddress.IPv6Any, 0));
        int port = ((IPEndPoint)server.LocalAddress).Port;
        Socket four = datagrams.Plain();
        Socket six = datagrams.Plain(AddressFamily.InterNetworkV6);

        await four.SendToAsync("four"u8.ToArray(), new IPEndPoint(IPAddress.Loopback, port)).WaitAsync(Within.Guard);
        await six.SendToAsync("six"u8.ToArray(), new IPEndPoint(IPAddress.IPv6Loopback, port)).WaitAsync(Within.Guard);

        Assert.Equal("four", await RealDatagrams.ReceiveTextAsync(four));
        Assert.Equal("six", await RealDatagrams.ReceiveTextAsync(six));
    }

    [Fact]
    public async Task Two_channels_talk()
    {
        await using var datagrams = new RealDatagrams();
        IChannel server = await datagrams.BindAsync(new RealDatagrams.Echo());
        IChannel client = await datagrams.BindAsync(_inbox);

        await Within.Reached(client.WriteAndFlushAsync(new DatagramPacket(ScriptedDatagramChannel.Bytes("hello"), server.LocalAddress)));

        Assert.Equal(("hello", server.LocalAddress), await _inbox.NextAsync());
    }

    [Fact]
    public async Task A_connected_channel_sends_buffers_and_hears_its_peer_alone()
    {
        await using var datagrams = new RealDatagrams();
        IChannel server = await datagrams.BindAsync(new RealDatagrams.Echo());
        Socket stranger = datagrams.Plain();
        IChannel client = await Within.Reached(datagrams.Bootstrap(_inbox).ConnectAsync(server.LocalAddress));
        int port = ((IPEndPoint)client.LocalAddress).Port;

        await stranger.SendToAsync("stranger"u8.ToArray(), new IPEndPoint(IPAddress.Loopback, port)).WaitAsync(Within.Guard);
        await Within.Reached(client.WriteAndFlushAsync(ScriptedDatagramChannel.Bytes("hello")));

        Assert.Equal(("hello", server.LocalAddress), await _inbox.NextAsync());
        Assert.True(((IDatagramChannel)client).IsConnected());
        Assert.Equal(server.LocalAddress, client.RemoteAddress);
    }

    [Fact]
    public async Task A_peer_that_is_not_there_is_told_of_and_the_channel_lives()
    {
        await using var datagrams = new RealDatagrams();
        Socket deaf = datagrams.Plain();
        deaf.Connect(deaf.LocalEndPoint!);
        IChannel client = await Within.Reached(datagrams.Bootstrap(_inbox).ConnectAsync(deaf.LocalEndPoint!));

        await Within.Reached(client.WriteAndFlushAsync(ScriptedDatagramChannel.Bytes("hello")));
        Exception fault = await _inbox.NextFaultAsync();

        Assert.IsType<SocketException>(fault);
        Assert.True(client.Active);
        await Within.Reached(client.WriteAndFlushAsync(ScriptedDatagramChannel.Bytes("again")));
    }

    [Fact]
    public async Task A_disconnected_channel_hears_everybody_at_the_same_port()
    {
        await using var datagrams = new RealDatagrams();
        Socket peer = datagrams.Plain();
        Socket stranger = datagrams.Plain();
        IChannel client = await Within.Reached(datagrams.Bootstrap(_inbox).ConnectAsync(peer.LocalEndPoint!));
        int port = ((IPEndPoint)client.LocalAddress).Port;

        await Within.Reached(client.DisconnectAsync());
        await stranger.SendToAsync("hello"u8.ToArray(), new IPEndPoint(IPAddress.Loopback, port)).WaitAsync(Within.Guard);

        Assert.Equal(("hello", stranger.LocalEndPoint!), await _inbox.NextAsync());
        Assert.Equal(port, ((IPEndPoint)client.LocalAddress).Port);
        Assert.True(client.Active);
    }

    [Fact]
    public async Task A_datagram_larger_than_UDP_carries_fails_alone()
    {
        await using var datagrams = new RealDatagrams();
        Socket peer = datagrams.Plain();
        IChannel client = await datagrams.BindAsync(_inbox);

        Task large = client.WriteAndFlushAsync(new DatagramPacket(Unpooled.WrappedBuffer(new byte[65_508]), peer.LocalEndPoint));
        Task small = client.WriteAndFlushAsync(new DatagramPacket(ScriptedDatagramChannel.Bytes("small"), peer.LocalEndPoint));

        SocketException fault = await Assert.ThrowsAsync<SocketException>(() => Within.Reached(large));
        Assert.Equal(SocketError.MessageSize, fault.SocketErrorCode);
        await Within.Reached(small);
        Assert.Equal("small", await RealDatagrams.ReceiveTextAsync(peer));
    }

    [Fact]
    public async Task A_group_is_heard_after_it_is_joined_and_not_after_it_is_left()
    {
        var group = new IPEndPoint(IPAddress.Parse("239.255.17.19"), 0);
        await using var datagrams = new RealDatagrams();
        NetworkInterface loopback = NetworkInterface.GetAllNetworkInterfaces().First(static one => one.NetworkInterfaceType == NetworkInterfaceType.Loopback);
        IChannel member = await Within.Reached(datagrams.Bootstrap(_inbox).Option(ChannelOption.SoReuseaddr, true).BindAsync(0));
        var channel = (IDatagramChannel)member;
        IChannel speaker = await Within.Reached(datagrams.Bootstrap(new RealDatagrams.Inbox()).Option(ChannelOption.IpMulticastIf, loopback).BindAsync(0));
        int port = ((IPEndPoint)member.LocalAddress).Port;

        await Within.Reached(channel.JoinGroup(group, loopback));
        await Say("to the group", group.Address);
        (string joined, _) = await _inbox.NextAsync();
        await Within.Reached(channel.LeaveGroup(group, loopback));
        await Say("to nobody", group.Address);
        await Say("to the member", IPAddress.Loopback);

        Assert.Equal("to the group", joined);
        Assert.Equal("to the member", (await _inbox.NextAsync()).Text);

        Task Say(string text, IPAddress to) =>
            Within.Reached(speaker.WriteAndFlushAsync(new DatagramPacket(ScriptedDatagramChannel.Bytes(text), new IPEndPoint(to, port))));
    }

    [Fact]
    public async Task An_address_that_is_no_group_cannot_be_joined()
    {
        await using var datagrams = new RealDatagrams();
        var channel = (IDatagramChannel)await datagrams.BindAsync(_inbox);

        await Assert.ThrowsAsync<SocketException>(() => Within.Reached(channel.JoinGroup(new IPEndPoint(IPAddress.Loopback, 0))));

        Assert.True(channel.Active);
    }

    [Fact]
    public async Task Many_datagrams_at_once_all_leave_and_in_order()
    {
        const int Count = 2000;
        await using var datagrams = new RealDatagrams();
        Socket peer = datagrams.Plain();
        peer.ReceiveBufferSize = 4 * 1024 * 1024;
        IChannel client = await Within.Reached(datagrams.Bootstrap(_inbox).Option(ChannelOption.SoSndbuf, 4096).BindAsync(IPAddress.Loopback, 0));

        var writes = new List<Task>();
        for (int i = 0; i < Count; i++)
        {
            writes.Add(client.WriteAsync(new DatagramPacket(ScriptedDatagramChannel.Bytes($"{i}"), peer.LocalEndPoint)));
        }

        client.Flush();
        await Within.Reached(Task.WhenAll(writes));

        // The system may drop what finds no room at the receiver; what arrives is in order.
        int last = int.Parse(await RealDatagrams.ReceiveTextAsync(peer));
        while (peer.Available > 0)
        {
            int number = int.Parse(await RealDatagrams.ReceiveTextAsync(peer));
            Assert.True(number > last, $"{number} came after {last}.");
            last = number;
        }
    }

    [Fact]
    public async Task A_socket_that_is_bound_already_is_taken_over_and_read()
    {
        await using var datagrams = new RealDatagrams();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var channel = new SocketDatagramChannel(socket);
        channel.Pipeline.AddLast(_inbox);
        await Within.Reached(datagrams.Group.RegisterAsync(channel));
        Socket client = datagrams.Plain();

        await client.SendToAsync(Encoding.ASCII.GetBytes("hello"), channel.LocalAddress).WaitAsync(Within.Guard);

        Assert.Equal(("hello", client.LocalEndPoint!), await _inbox.NextAsync());
    }

    [Fact]
    public void A_socket_of_another_kind_is_refused()
    {
        using var stream = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        Assert.Throws<ArgumentException>(() => new SocketDatagramChannel(stream));
        Assert.Throws<NotSupportedException>(() => new SocketDatagramChannel(AddressFamily.Unix));
    }
}
