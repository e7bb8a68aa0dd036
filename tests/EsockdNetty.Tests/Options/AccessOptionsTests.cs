using EsockdNetty.Accepting.Access;

namespace EsockdNetty.Tests.Options;

public sealed class AccessOptionsTests
{
    [Fact]
    public void Rules_are_written_as_a_list()
    {
        var holder = new Holder { Access = { "deny 203.0.113.0/24", "allow all" } };

        Assert.Empty(Faults(holder.Access));
        Assert.Equal(["deny 203.0.113.0/24", "allow all"], holder.Access.ToRules().Select(rule => rule.ToString()));
    }

    [Fact]
    public void There_are_none_by_default()
    {
        Assert.Empty(Faults([]));
        Assert.Empty(new AccessOptions().ToRules());
    }

    [Fact]
    public void Names_each_bad_rule_by_its_index_and_says_what_to_do()
    {
        IReadOnlyList<OptionFault> faults = Faults(["deny 10.0.0/8", "allow all", "permit 10.0.0.1", "Allow ALL"]);

        Assert.Equal(["Listeners:mqtts:Access:0", "Listeners:mqtts:Access:2", "Listeners:mqtts:Access:3"], faults.Select(fault => fault.Option));
        Assert.Equal(("deny 10.0.0/8", $"use {AccessRule.Accepted}"), (faults[0].Value, faults[0].Remedy));
        Assert.Equal(("Allow ALL", "the same rule stands at 1: remove one of the two"), (faults[2].Value, faults[2].Remedy));
    }

    [Fact]
    public void A_list_that_keeps_nobody_out_and_does_not_say_so_is_a_fault()
    {
        OptionFault fault = Assert.Single(Faults(["allow 10.0.0.0/8", "allow unix"]));

        Assert.Equal(("Listeners:mqtts:Access", "allow 10.0.0.0/8, allow unix"), (fault.Option, fault.Value));
        Assert.Contains("'deny all'", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_rule_that_cannot_be_read_nothing_more_is_concluded() => Assert.Single(Faults(["allow 10.0.0.0/8", "deny everything"]));

    [Fact]
    public void A_rule_that_is_null_is_a_fault() => Assert.Single(Faults([null!]));

    [Fact]
    public void A_copy_is_independent()
    {
        AccessOptions options = ["deny all"];

        AccessOptions copy = options.Copy();
        options.Clear();

        Assert.Equal(["deny all"], copy);
    }

    private static IReadOnlyList<OptionFault> Faults(AccessOptions options)
    {
        var faults = new OptionFaults("Listeners:mqtts");
        options.Validate(faults);
        return faults.All;
    }

    private sealed class Holder
    {
        public AccessOptions Access { get; } = [];
    }
}
