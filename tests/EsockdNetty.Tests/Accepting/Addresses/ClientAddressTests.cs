using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting.Addresses;

namespace EsockdNetty.Tests.Accepting.Addresses;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("fe80::1%7", "fe80::1")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    public void One_client_has_one_name(string address, string name) =>
        Assert.Equal(name, ClientAddress.Of(new IPEndPoint(IPAddress.Parse(address), 4711)).ToString());

    [Theory]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("fe80::1%7", "fe80::1%8")]
    public void Two_forms_of_one_address_are_equal(string one, string other) =>
        Assert.Equal(ClientAddress.Of(IPAddress.Parse(one)), ClientAddress.Of(IPAddress.Parse(other)));

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::ffff", 64, true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", 64, false)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", 56, true)]
    [InlineData("2001:db8::1", "2001:db8::2", 128, false)]
    [InlineData("2001:db8::1", "2001:db9::1", 1, true)]
    [InlineData("192.0.2.7", "192.0.2.6", 1, false)]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", 1, true)]
    public void Limits_and_bans_see_an_IPv6_prefix_and_a_whole_IPv4_address(string one, string other, int prefix, bool same) =>
        Assert.Equal(same, ClientAddress.Of(IPAddress.Parse(one)).Block(prefix) == ClientAddress.Of(IPAddress.Parse(other)).Block(prefix));

    [Fact]
    public void A_unix_peer_and_one_that_nobody_knows_have_no_address()
    {
        ClientAddress unix = ClientAddress.Of(new UnixDomainSocketEndPoint("/tmp/peer"));
        ClientAddress gone = ClientAddress.Of((EndPoint?)null);
        ClientAddress embedded = ClientAddress.Of(new EmbeddedChannel().RemoteAddress);

        Assert.Equal((ClientAddress.Unix, true, false, "unix"), (unix, unix.IsUnix, unix.IsIP, unix.ToString()));
        Assert.Equal((default, false, false, "unknown"), (gone, gone.IsUnix, gone.IsIP, gone.ToString()));
        Assert.Equal(gone, embedded);
    }

    [Fact]
    public void Addresses_chosen_so_that_their_halves_cancel_out_do_not_collide()
    {
        int[] hashes = [.. Enumerable.Range(1, 1000).Select(i => new AddressKey(0x2001_0DB8_0000_0000, ((ulong)i << 32) | (uint)i).GetHashCode())];

        Assert.InRange(hashes.Distinct().Count(), 995, 1000);
    }

    [Fact]
    public void The_address_of_zeros_is_not_nobody() => Assert.NotEqual(default, ClientAddress.Of(IPAddress.IPv6Any));
}
