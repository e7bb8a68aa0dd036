using System.Net;
using EsockdNetty.Accepting.Access;
using EsockdNetty.Accepting.Addresses;

namespace EsockdNetty.Tests.Accepting.Access;

public sealed class AccessRulesTests
{
    [Fact]
    public void No_rules_allow_everybody() => Assert.Equal(AccessVerdict.Allow, AccessRules.Empty.Judge(Client("192.0.2.7")));

    [Fact]
    public void No_match_allows() => Assert.Equal(AccessVerdict.Allow, Rules("deny 10.0.0.0/8").Judge(Client("192.0.2.7")));

    [Theory]
    [InlineData("10.1.2.3", AccessVerdict.Allow)]
    [InlineData("10.1.9.9", AccessVerdict.Deny)]
    [InlineData("10.9.9.9", AccessVerdict.Allow)]
    [InlineData("192.0.2.7", AccessVerdict.Deny)]
    public void The_first_match_wins_not_the_longest_prefix(string client, AccessVerdict verdict)
    {
        AccessRules rules = Rules("allow 10.1.2.3", "deny 10.1.0.0/16", "allow 10.0.0.0/8", "deny 10.9.9.9", "deny all");

        Assert.Equal(verdict, rules.Judge(Client(client)));
    }

    [Fact]
    public void A_rule_for_all_ends_the_list_for_everybody()
    {
        AccessRules rules = Rules("deny all", "allow 10.0.0.0/8", "allow unix");

        Assert.Equal(AccessVerdict.Deny, rules.Judge(Client("10.0.0.1")));
        Assert.Equal(AccessVerdict.Deny, rules.Judge(ClientAddress.Unix));
    }

    [Fact]
    public void Tells_unix_peers_from_others()
    {
        AccessRules rules = Rules("allow unix", "deny all");

        Assert.Equal(AccessVerdict.Allow, rules.Judge(ClientAddress.Unix));
        Assert.Equal(AccessVerdict.Deny, rules.Judge(Client("127.0.0.1")));
        Assert.Equal(AccessVerdict.Deny, rules.Judge(default));
    }

    [Fact]
    public void Lists_its_rules_in_order() =>
        Assert.Equal(["deny 10.0.0.0/8", "allow all"], Rules("deny 10.0.0.0/8", "allow all").Select(rule => rule.ToString()));

    [Fact]
    public void Refuses_every_rule_that_stands_there_twice()
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => Rules("deny 10.0.0.0/8", "deny unix", "deny 10.9.9.9/8", "deny unix"));

        Assert.Contains("rule 2, 'deny 10.0.0.0/8': the same rule stands at 0", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("rule 3, 'deny unix': the same rule stands at 1", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("allow 10.0.0.0/8")]
    [InlineData("allow 10.0.0.0/8", "allow unix")]
    [InlineData("allow all", "allow unix")]
    public void Refuses_a_list_that_allows_only_and_does_not_say_what_that_is_to_mean(params string[] rules)
    {
        ArgumentException thrown = Assert.Throws<ArgumentException>(() => Rules(rules));

        Assert.Contains("deny all", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("allow all")]
    [InlineData("allow 10.0.0.0/8", "allow all")]
    [InlineData("allow 10.0.0.0/8", "deny all")]
    [InlineData("deny 192.0.2.7", "allow 10.0.0.0/8")]
    public void Takes_a_list_that_keeps_somebody_out_or_says_that_it_should_not(params string[] rules) => Assert.Equal(rules.Length, Rules(rules).Count);

    private static AccessRules Rules(params string[] rules) => AccessRules.Of(rules.Select(AccessRule.Parse));

    private static ClientAddress Client(string address) => ClientAddress.Of(IPAddress.Parse(address));
}
