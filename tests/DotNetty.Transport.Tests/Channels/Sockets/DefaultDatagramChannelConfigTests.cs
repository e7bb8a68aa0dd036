using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class DefaultDatagramChannelConfigTests : IDisposable
{
    private static readonly AddressFamily[] Families =
        Socket.OSSupportsIPv6 ? [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6] : [AddressFamily.InterNetwork];

    private readonly SocketDatagramChannel _channel = new();

    public static TheoryData<AddressFamily> EachFamily => [.. Families];

    private IChannelConfiguration Configuration => _channel.Configuration;

    public void Dispose() => _channel.CloseAsync();

    [Fact]
    public void Switches_are_off_and_can_be_set()
    {
        ChannelOption<bool>[] options = [ChannelOption.SoBroadcast, ChannelOption.SoReuseaddr, ChannelOption.SoReuseport, ChannelOption.IpMulticastLoopDisabled];

        foreach (ChannelOption<bool> option in options)
        {
            Assert.False(Configuration.GetOption(option), option.Name);
            Assert.True(Configuration.SetOption(option, true), option.Name);
            Assert.True(Configuration.GetOption(option), option.Name);
        }
    }

    [Fact]
    public void Buffers_of_the_system_can_be_asked_for()
    {
        Assert.True(Configuration.SetOption(ChannelOption.SoRcvbuf, 8192));
        Assert.True(Configuration.SetOption(ChannelOption.SoSndbuf, 8192));

        // Linux doubles what it is asked for, for its own accounts.
        Assert.InRange(Configuration.GetOption(ChannelOption.SoRcvbuf), 8192, 16_384);
        Assert.InRange(Configuration.GetOption(ChannelOption.SoSndbuf), 8192, 16_384);
    }

    [Theory]
    [MemberData(nameof(EachFamily))]
    public void Service_hops_and_loop_hold_for_sockets_of_each_family(AddressFamily family)
    {
        using var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        var configuration = new DefaultDatagramChannelConfig(_channel, socket);

        configuration.SetOption(ChannelOption.IpTos, 0x10);
        configuration.SetOption(ChannelOption.IpMulticastTtl, 7);
        configuration.LoopbackModeDisabled = true;

        Assert.Equal(0x10, configuration.GetOption(ChannelOption.IpTos));
        Assert.Equal(7, configuration.GetOption(ChannelOption.IpMulticastTtl));
        Assert.Equal((short)7, configuration.TimeToLive);
        Assert.True(configuration.GetOption(ChannelOption.IpMulticastLoopDisabled));
    }

    [Fact]
    public void On_a_socket_of_both_families_the_options_hold_for_IPv4_too()
    {
        if (!Socket.OSSupportsIPv6 || !OperatingSystem.IsLinux())
        {
            return;
        }

        using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
        var configuration = new DefaultDatagramChannelConfig(_channel, socket) { TimeToLive = 7, TrafficClass = 0x10, LoopbackModeDisabled = true };

        Assert.Equal(7, socket.GetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive));
        Assert.Equal(0x10, socket.GetSocketOption(SocketOptionLevel.IP, SocketOptionName.TypeOfService));
        Assert.Equal(0, socket.GetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastLoopback));
        Assert.Equal(7, configuration.TimeToLive);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    [InlineData(65_537)]
    public void A_number_that_is_no_byte_is_refused(int value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Configuration.SetOption(ChannelOption.IpTos, value));
        Assert.Throws<ArgumentOutOfRangeException>(() => Configuration.SetOption(ChannelOption.IpMulticastTtl, value));
    }

    [Theory]
    [MemberData(nameof(EachFamily))]
    public void The_interface_of_groups_is_named_by_itself(AddressFamily family)
    {
        using var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        var configuration = new DefaultDatagramChannelConfig(_channel, socket);
        NetworkInterface loopback = NetworkInterface.GetAllNetworkInterfaces().First(static one => one.NetworkInterfaceType == NetworkInterfaceType.Loopback);

        bool set = configuration.SetOption(ChannelOption.IpMulticastIf, loopback);

        Assert.True(set);
        Assert.Same(loopback, configuration.GetOption(ChannelOption.IpMulticastIf));
        Assert.Null(configuration.Interface);
    }

    [Fact]
    public void The_interface_of_groups_is_named_by_its_address_of_IPv4()
    {
        EndPoint address = new IPEndPoint(IPAddress.Loopback, 0);

        bool set = Configuration.SetOption(ChannelOption.IpMulticastAddr, address);

        Assert.True(set);
        Assert.Equal(address, Configuration.GetOption(ChannelOption.IpMulticastAddr));
        Assert.Throws<ArgumentException>(() => Configuration.SetOption(ChannelOption.IpMulticastAddr, new IPEndPoint(IPAddress.IPv6Loopback, 0)));
        Assert.Throws<ArgumentException>(() => Configuration.SetOption(ChannelOption.IpMulticastAddr, new DnsEndPoint("localhost", 0)));
    }

    [Fact]
    public void Options_of_other_channels_are_not_its()
    {
        Assert.False(Configuration.SetOption(ChannelOption.TcpNodelay, true));
        Assert.False(Configuration.SetOption(ChannelOption.SoBacklog, 1));
        Assert.False(Configuration.SetOption(ChannelOption.SoLinger, 1));
    }

    [Fact]
    public void A_number_of_messages_a_read_is_each_channels_own()
    {
        var other = new SocketDatagramChannel();

        ((IMaxMessagesRecvByteBufAllocator)Configuration.RecvByteBufAllocator).MaxMessagesPerRead = 3;

        Assert.Equal(16, ((IMaxMessagesRecvByteBufAllocator)other.Configuration.RecvByteBufAllocator).MaxMessagesPerRead);
        _ = other.CloseAsync();
    }
}
