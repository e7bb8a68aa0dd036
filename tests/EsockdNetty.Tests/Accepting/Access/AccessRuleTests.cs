using System.Net;
using EsockdNetty.Accepting.Access;
using EsockdNetty.Accepting.Addresses;

namespace EsockdNetty.Tests.Accepting.Access;

public sealed class AccessRuleTests
{
    [Theory]
    [InlineData("deny 10.0.0.0/8", "deny 10.0.0.0/8")]
    [InlineData("deny 10.1.2.3/8", "deny 10.0.0.0/8")]
    [InlineData("allow 192.0.2.7", "allow 192.0.2.7")]
    [InlineData("allow 192.0.2.7/32", "allow 192.0.2.7")]
    [InlineData("deny 0.0.0.0/0", "deny 0.0.0.0/0")]
    [InlineData("deny 2001:db8::1/32", "deny 2001:db8::/32")]
    [InlineData("deny 2001:DB8:0:0::1", "deny 2001:db8::1")]
    [InlineData("deny ::/0", "deny ::/0")]
    [InlineData("deny ::ffff:10.1.2.3/104", "deny 10.0.0.0/8")]
    [InlineData("allow all", "allow all")]
    [InlineData("  Deny\tUNIX ", "deny unix")]
    public void Reads_and_writes_a_rule_with_its_host_bits_at_zero(string text, string written) =>
        Assert.Equal(written, AccessRule.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("deny")]
    [InlineData("10.0.0.0/8")]
    [InlineData("drop 10.0.0.0/8")]
    [InlineData("deny 10.0.0.0 /8")]
    [InlineData("deny 10.0.0.0/33")]
    [InlineData("deny 10.0.0.0/-1")]
    [InlineData("deny 10.0.0.0/+8")]
    [InlineData("deny 10.0.0.0/")]
    [InlineData("deny 10.0.0.0/8/8")]
    [InlineData("deny 10.0.0.0/255.0.0.0")]
    [InlineData("deny 10.0.0/8")]
    [InlineData("deny 10")]
    [InlineData("deny 010.0.0.1")]
    [InlineData("deny 0x0a.0.0.1")]
    [InlineData("deny 2001:db8::/129")]
    [InlineData("deny [2001:db8::1]")]
    [InlineData("deny fe80::1%1")]
    [InlineData("deny ::ffff:10.0.0.0/90")]
    [InlineData("deny localhost")]
    [InlineData("allow everybody")]
    public void Takes_nothing_that_could_mean_something_else(string? text) => Assert.False(AccessRule.TryParse(text, out _));

    [Fact]
    public void Says_what_a_rule_looks_like()
    {
        FormatException thrown = Assert.Throws<FormatException>(() => AccessRule.Parse("deny 10.0.0/8"));

        Assert.Equal("'deny 10.0.0/8' is not an access rule: use allow or deny, then all, unix, an address or a block like 10.0.0.0/8 or 2001:db8::/32.", thrown.Message);
    }

    [Theory]
    [InlineData("deny 10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("deny 10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("deny 10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("deny 0.0.0.0/0", "192.0.2.7", true)]
    [InlineData("deny 0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("deny ::/0", "2001:db8::1", true)]
    [InlineData("deny ::/0", "192.0.2.7", false)]
    [InlineData("deny 192.0.2.7", "192.0.2.7", true)]
    [InlineData("deny 192.0.2.7", "192.0.2.6", false)]
    [InlineData("deny 2001:db8::/33", "2001:db8:7fff::1", true)]
    [InlineData("deny 2001:db8::/33", "2001:db8:8000::1", false)]
    [InlineData("deny 2001:db8::1", "2001:db8::2", false)]
    [InlineData("deny fe80::/64", "fe80::1%7", true)]
    [InlineData("deny all", "192.0.2.7", true)]
    [InlineData("deny unix", "192.0.2.7", false)]
    public void Matches_the_addresses_of_its_block_and_family(string rule, string address, bool matches) =>
        Assert.Equal(matches, AccessRule.Parse(rule).Matches(ClientAddress.Of(IPAddress.Parse(address))));

    [Theory]
    [InlineData("deny unix", true)]
    [InlineData("deny all", true)]
    [InlineData("deny 0.0.0.0/0", false)]
    [InlineData("deny ::/0", false)]
    public void A_unix_peer_matches_unix_and_all(string rule, bool matches) =>
        Assert.Equal(matches, AccessRule.Parse(rule).Matches(ClientAddress.Unix));

    [Theory]
    [InlineData("deny unix", false)]
    [InlineData("deny all", true)]
    [InlineData("deny ::/0", false)]
    public void A_peer_nobody_knows_matches_all_alone(string rule, bool matches) =>
        Assert.Equal(matches, AccessRule.Parse(rule).Matches(default));

    [Fact]
    public void Shows_its_network()
    {
        Assert.Equal(IPNetwork.Parse("10.0.0.0/8"), AccessRule.Parse("deny 10.1.2.3/8").Network);
        Assert.Null(AccessRule.Parse("deny all").Network);
    }
}
