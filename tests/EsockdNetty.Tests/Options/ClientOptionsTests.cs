using EsockdNetty.Accepting.Addresses;

namespace EsockdNetty.Tests.Options;

/// <summary>The options of bans and of limits per address.</summary>
public sealed class ClientOptionsTests
{
    [Fact]
    public void Defaults_have_no_fault_and_limit_nobody()
    {
        Assert.Empty(Faults(new BanOptions().Validate));
        Assert.Empty(Faults(new PerAddressOptions().Validate));
        Assert.Equal((null, null, 64), (new PerAddressOptions().MaxConnections, new PerAddressOptions().Rate, new PerAddressOptions().IPv6Prefix));
    }

    [Fact]
    public void Every_fault_of_bans_is_told_with_its_path()
    {
        var options = new BanOptions
        {
            BadFraming = 0,
            FailedHandshake = -1,
            Denied = int.MaxValue,
            Threshold = 0,
            Window = TimeSpan.Zero,
            Duration = TimeSpan.FromDays(25),
            IPv6Prefix = 0,
            NeverBan = { "10.0.0.0/8", "10.0.0/8", null! },
        };

        Assert.Equal(
            ["BadFraming", "FailedHandshake", "Denied", "Threshold", "Window", "Duration", "IPv6Prefix", "NeverBan:1", "NeverBan:2"],
            Faults(options.Validate).Select(fault => fault.Option["Listeners:mqtts:Bans:".Length..]));
    }

    [Fact]
    public void A_copy_of_bans_is_independent()
    {
        var options = new BanOptions { NeverBan = { "10.0.0.0/8" } };

        BanOptions copy = options.Copy();
        options.NeverBan.Clear();

        Assert.Equal(["10.0.0.0/8"], copy.NeverBan);
    }

    [Fact]
    public void Limits_per_address_are_written_in_short_or_one_by_one()
    {
        PerAddressOptions inShort = new(200);
        var oneByOne = new PerAddressOptions { MaxConnections = 200 };

        Assert.Equal(inShort.MaxConnections, oneByOne.MaxConnections);
    }

    [Fact]
    public void Every_fault_of_limits_per_address_is_told_with_its_path()
    {
        var options = new PerAddressOptions(0, new AddressRate(0, TimeSpan.Zero)) { IPv6Prefix = 129 };

        Assert.Equal(
            ["MaxConnections", "IPv6Prefix", "Rate:Connections", "Rate:Period"],
            Faults(options.Validate).Select(fault => fault.Option["Listeners:mqtts:Limits:PerAddress:".Length..]));
    }

    private static IReadOnlyList<OptionFault> Faults(Action<OptionFaults> validate)
    {
        var faults = new OptionFaults("Listeners:mqtts");
        validate(faults);
        return faults.All;
    }
}
