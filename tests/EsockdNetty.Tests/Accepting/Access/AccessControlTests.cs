using System.Net;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Access;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Bans;

namespace EsockdNetty.Tests.Accepting.Access;

public sealed class AccessControlTests
{
    private static readonly ClientAddress Client = ClientAddress.Of(IPAddress.Parse("192.0.2.7"));
    private static readonly AccessRule DenyClient = AccessRule.Parse("deny 192.0.2.7");

    private readonly AccessControl _access = new();

    [Fact]
    public void Lets_everybody_in_as_it_is_made()
    {
        Assert.True(_access.IsOpen);
        Assert.Null(_access.Judge(Client));
    }

    [Fact]
    public void A_rule_put_in_front_holds_at_once()
    {
        _access.Replace([AccessRule.Parse("allow all")]);

        _access.AddFirst(DenyClient);

        Assert.Equal(["deny 192.0.2.7", "allow all"], _access.Rules.Select(rule => rule.ToString()));
        Assert.Equal(RefusalReason.AccessDenied, _access.Judge(Client));
    }

    [Fact]
    public void A_rule_taken_out_holds_no_more()
    {
        _access.AddFirst(DenyClient);

        bool[] removed = [_access.Remove(AccessRule.Parse("deny 192.0.2.7/32")), _access.Remove(DenyClient)];

        Assert.Equal([true, false], removed);
        Assert.Null(_access.Judge(Client));
    }

    [Fact]
    public void A_rule_that_stands_there_already_is_an_error_and_changes_nothing()
    {
        _access.AddFirst(DenyClient);
        AccessRules before = _access.Rules;

        ArgumentException thrown = Assert.Throws<ArgumentException>(() => _access.AddFirst(DenyClient));

        Assert.Contains("'deny 192.0.2.7': the same rule stands at 0", thrown.Message, StringComparison.Ordinal);
        Assert.Same(before, _access.Rules);
    }

    [Fact]
    public void Bad_rules_replace_none()
    {
        _access.AddFirst(DenyClient);

        Assert.Throws<ArgumentException>(() => _access.Replace([DenyClient, DenyClient]));
        Assert.Throws<ArgumentException>(() => _access.Replace([AccessRule.Parse("allow 192.0.2.7")]));

        Assert.Equal(RefusalReason.AccessDenied, _access.Judge(Client));
    }

    [Fact]
    public void Does_not_take_out_the_rule_without_which_the_others_keep_nobody_out()
    {
        _access.Replace([AccessRule.Parse("allow 10.0.0.0/8"), AccessRule.Parse("deny all")]);

        Assert.Throws<ArgumentException>(() => _access.Remove(AccessRule.Parse("deny all")));

        Assert.Equal(RefusalReason.AccessDenied, _access.Judge(Client));
    }

    [Fact]
    public void A_ban_comes_before_a_rule_that_allows()
    {
        _access.Replace([AccessRule.Parse("allow 192.0.2.7"), AccessRule.Parse("deny all")]);

        _access.Bans.Ban(Client, TimeSpan.FromMinutes(1), "test");

        Assert.False(_access.IsOpen);
        Assert.Equal(RefusalReason.Banned, _access.Judge(Client));
    }

    [Fact]
    public void A_client_that_is_denied_again_and_again_is_banned()
    {
        var bans = new BanList();
        var score = new BanScore(bans, new BanOptions { Denied = 5, Threshold = 10 });
        var access = new AccessControl(AccessRules.Of([DenyClient]), bans, score);

        RefusalReason?[] reasons = [access.Judge(Client), access.Judge(Client), access.Judge(Client)];

        Assert.Equal([RefusalReason.AccessDenied, RefusalReason.AccessDenied, RefusalReason.Banned], reasons);
    }

    [Fact]
    public void Changes_of_many_threads_are_all_kept_and_each_judgement_is_of_whole_rules()
    {
        AccessRule[] more = [.. Enumerable.Range(0, 200).Select(i => AccessRule.Parse($"deny 10.0.0.{i}"))];
        _access.AddFirst(DenyClient);

        Parallel.ForEach(more, rule =>
        {
            _access.AddFirst(rule);
            Assert.Equal(RefusalReason.AccessDenied, _access.Judge(Client));
        });

        Assert.Equal(more.Length + 1, _access.Rules.Count);
    }
}
