using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class SocketOptionTableTests
{
    private readonly CountingOptionSocket _socket = new(AddressFamily.InterNetwork);

    [Fact]
    public void An_option_is_one_call_of_the_system()
    {
        Assert.True(SocketOptionTable.Stream.TrySet(_socket, ChannelOption.TcpKeepIdle, TimeSpan.FromSeconds(9.1)));

        Assert.Equal([(6, 4, 10)], _socket.Sets);
    }

    [Fact]
    public void An_option_of_IP_is_set_for_both_kinds_of_peers_of_a_socket_of_IPv6()
    {
        var socket = new CountingOptionSocket(AddressFamily.InterNetworkV6);

        Assert.True(SocketOptionTable.Stream.TrySet(socket, ChannelOption.IpTtl, 33));

        Assert.Equal([(41, 16, 33), (0, 2, 33)], socket.Sets);
    }

    [Fact]
    public void A_wrong_value_is_no_call_of_the_system()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SocketOptionTable.Stream.TrySet(_socket, ChannelOption.TcpKeepCnt, 0));

        Assert.Empty(_socket.Sets);
    }

    [Theory]
    [InlineData(SocketError.ProtocolOption)]
    [InlineData(SocketError.OperationNotSupported)]
    public void An_option_that_this_system_has_not_is_named(SocketError answer)
    {
        _socket.Answer = answer;

        NotSupportedException fault = Assert.Throws<NotSupportedException>(() => SocketOptionTable.Stream.TrySet(_socket, ChannelOption.TcpUserTimeout, TimeSpan.FromSeconds(1)));

        Assert.Contains("no option TCP_USER_TIMEOUT", fault.Message, StringComparison.Ordinal);
        Assert.Equal(answer, Assert.IsType<SocketException>(fault.InnerException).SocketErrorCode);
    }

    [Fact]
    public void What_the_system_says_of_the_sockets_state_is_passed_on()
    {
        _socket.Answer = SocketError.InvalidArgument;

        SocketException fault = Assert.Throws<SocketException>(() => SocketOptionTable.Stream.TrySet(_socket, ChannelOption.TcpFastopenConnect, true));

        Assert.Equal(SocketError.InvalidArgument, fault.SocketErrorCode);
    }

    [Theory]
    [InlineData(AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.InterNetworkV6)]
    public void Where_options_have_other_numbers_they_are_set_by_the_names_of_NET(AddressFamily family)
    {
        using var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
        var elsewhere = new PortableOptionSocket(socket, byNumber: false);

        Assert.True(SocketOptionTable.Stream.TrySet(elsewhere, ChannelOption.TcpKeepIdle, TimeSpan.FromSeconds(11)));
        Assert.True(SocketOptionTable.Stream.TrySet(elsewhere, ChannelOption.TcpKeepIntvl, TimeSpan.FromSeconds(12)));
        Assert.True(SocketOptionTable.Stream.TrySet(elsewhere, ChannelOption.TcpKeepCnt, 13));
        Assert.True(SocketOptionTable.Stream.TrySet(elsewhere, ChannelOption.IpTtl, 14));

        Assert.True(SocketOptionTable.Stream.TryGet(elsewhere, ChannelOption.TcpKeepIdle, out TimeSpan idle));
        Assert.Equal(TimeSpan.FromSeconds(11), idle);
        Assert.Equal(
            (11, 12, 13, 14),
            ((int)socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime)!,
            (int)socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval)!,
            (int)socket.GetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount)!,
            (int)socket.Ttl));
    }

    [Fact]
    public void Where_options_have_other_numbers_those_of_Linux_alone_are_not_supported()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var elsewhere = new PortableOptionSocket(socket, byNumber: false);

        Assert.Throws<NotSupportedException>(() => SocketOptionTable.Stream.TrySet(elsewhere, ChannelOption.TcpUserTimeout, TimeSpan.FromSeconds(1)));
        Assert.Throws<NotSupportedException>(() => SocketOptionTable.Stream.TryGet(elsewhere, ChannelOption.TcpQuickAck, out _));
        Assert.Throws<NotSupportedException>(() => SocketOptionTable.Listening.TrySet(elsewhere, ChannelOption.TcpDeferAccept, TimeSpan.FromSeconds(1)));
        Assert.Throws<NotSupportedException>(() => SocketOptionTable.Listening.TrySet(elsewhere, ChannelOption.IpTos, 4));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64 * 1024 + 1)]
    public void A_raw_option_reads_one_byte_to_64_KiB(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RawSocketOption.Bytes(1, 1, length));

    [Fact]
    public async Task Datagram_sockets_have_hops_and_raw_options_too()
    {
        var channel = new SocketDatagramChannel(AddressFamily.InterNetwork);

        Assert.True(channel.Configuration.SetOption(ChannelOption.IpTtl, 15));
        Assert.True(channel.Configuration.SetOption(RawSocketOption.Int(1, 12), 4));

        Assert.Equal((15, 4), (channel.Configuration.GetOption(ChannelOption.IpTtl), channel.Configuration.GetOption(RawSocketOption.Int(1, 12))));
        channel.Unsafe.CloseForcibly();
        await channel.CloseCompletion;
    }
}
