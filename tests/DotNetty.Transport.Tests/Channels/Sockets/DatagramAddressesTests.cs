using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class DatagramAddressesTests
{
    [Theory]
    [InlineData("192.0.2.7", AddressFamily.InterNetwork)]
    [InlineData("2001:db8::7", AddressFamily.InterNetworkV6)]
    [InlineData("fe80::7%3", AddressFamily.InterNetworkV6)]
    public void Writes_what_the_system_would(string address, AddressFamily family)
    {
        var addresses = new DatagramAddresses(family);
        var recipient = new IPEndPoint(IPAddress.Parse(address), 12_345);

        SocketAddress? written = addresses.To(recipient);

        Assert.Equal(recipient.Serialize(), written);
    }

    [Fact]
    public void Writes_an_address_of_IPv4_as_one_of_IPv6_for_a_socket_of_that_family()
    {
        var addresses = new DatagramAddresses(AddressFamily.InterNetworkV6);
        addresses.To(new IPEndPoint(IPAddress.Parse("fe80::ffff:ffff:ffff:ffff%3"), 1));

        SocketAddress? written = addresses.To(new IPEndPoint(IPAddress.Parse("192.0.2.7"), 12_345));

        Assert.Equal(new IPEndPoint(IPAddress.Parse("::ffff:192.0.2.7"), 12_345).Serialize(), written);
    }

    [Fact]
    public void Knows_what_a_socket_of_IPv4_cannot_reach()
    {
        var addresses = new DatagramAddresses(AddressFamily.InterNetwork);

        Assert.Null(addresses.To(new IPEndPoint(IPAddress.IPv6Loopback, 1)));
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 1).Serialize(), addresses.To(new IPEndPoint(IPAddress.Loopback.MapToIPv6(), 1)));
    }

    [Theory]
    [InlineData("192.0.2.7", AddressFamily.InterNetwork, "192.0.2.7")]
    [InlineData("2001:db8::7", AddressFamily.InterNetworkV6, "2001:db8::7")]
    [InlineData("fe80::7%3", AddressFamily.InterNetworkV6, "fe80::7%3")]
    [InlineData("::ffff:192.0.2.7", AddressFamily.InterNetworkV6, "192.0.2.7")]
    public void Reads_a_sender(string address, AddressFamily family, string shown)
    {
        var addresses = new DatagramAddresses(family);

        Receive(addresses, address, 12_345);

        Assert.Equal(new IPEndPoint(IPAddress.Parse(shown), 12_345), addresses.Sender());
    }

    [Fact]
    public void A_sender_is_one_endpoint_until_another_sends()
    {
        var addresses = new DatagramAddresses(AddressFamily.InterNetwork);
        Receive(addresses, "192.0.2.7", 1);
        IPEndPoint first = addresses.Sender();

        Receive(addresses, "192.0.2.7", 1);
        IPEndPoint again = addresses.Sender();
        Receive(addresses, "192.0.2.7", 2);
        IPEndPoint other = addresses.Sender();

        Assert.Same(first, again);
        Assert.Equal(2, other.Port);
        Assert.Equal(1, first.Port);
    }

    [Fact]
    public void An_endpoint_that_somebody_changed_is_not_used_again()
    {
        var addresses = new DatagramAddresses(AddressFamily.InterNetwork);
        Receive(addresses, "192.0.2.7", 1);
        addresses.Sender().Port = 9;

        Receive(addresses, "192.0.2.7", 1);

        Assert.Equal(1, addresses.Sender().Port);
    }

    private static void Receive(DatagramAddresses addresses, string address, int port) =>
        new IPEndPoint(IPAddress.Parse(address), port).Serialize().Buffer.CopyTo(addresses.From.Buffer);
}
