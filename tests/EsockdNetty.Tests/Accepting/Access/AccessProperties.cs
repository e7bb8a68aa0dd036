using System.Net;
using EsockdNetty.Accepting.Access;
using EsockdNetty.Accepting.Addresses;
using FsCheck;
using FsCheck.Fluent;

namespace EsockdNetty.Tests.Accepting.Access;

public sealed class AccessProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void Any_rule_is_read_back_as_it_was_written() =>
        Prop.ForAll(Arb.From(Rule()), rule => AccessRule.Parse(rule.ToString()) == rule && AccessRule.Parse(rule.ToString()).ToString() == rule.ToString()).Check(Many);

    [Fact]
    public void Any_block_holds_what_the_systems_network_holds() =>
        Prop.ForAll(Arb.From(Rule()), Arb.From(Address()), (rule, address) =>
            rule.Network is not { } network || rule.Matches(ClientAddress.Of(address)) == network.Contains(address)).Check(Many);

    [Fact]
    public void Any_list_judges_as_one_that_tries_rule_by_rule() =>
        Prop.ForAll(Arb.From(Gen.ListOf(Rule())), Arb.From(Client()), (rules, client) =>
        {
            AccessRule[] distinct = [.. rules.Distinct().Append(AccessRule.Parse("deny 255.255.255.255")).Distinct()];
            AccessVerdict expected = distinct.FirstOrDefault(rule => rule.Matches(client))?.Verdict ?? AccessVerdict.Allow;
            return AccessRules.Of(distinct).Judge(client) == expected;
        }).Check(Many);

    private static Gen<AccessRule> Rule() =>
        from verdict in Gen.Elements("allow", "deny")
        from subject in Gen.Frequency((8, Block()), (1, Gen.Constant("all")), (1, Gen.Constant("unix")))
        select AccessRule.Parse($"{verdict} {subject}");

    private static Gen<string> Block() =>
        from address in Address()
        from length in Gen.Choose(0, address.GetAddressBytes().Length * 8)
        select $"{address}/{length}";

    private static Gen<ClientAddress> Client() =>
        Gen.Frequency((8, Address().Select(ClientAddress.Of)), (1, Gen.Constant(ClientAddress.Unix)), (1, Gen.Constant(default(ClientAddress))));

    // Few different bytes, so that blocks lie in one another and hold some of the clients.
    private static Gen<IPAddress> Address() =>
        from length in Gen.Elements(4, 16)
        from bytes in Gen.ArrayOf(Gen.Frequency((3, Gen.Constant(0)), (2, Gen.Constant(10)), (1, Gen.Choose(0, 255))), length)
        select new IPAddress([.. bytes.Select(value => (byte)value)]);
}
