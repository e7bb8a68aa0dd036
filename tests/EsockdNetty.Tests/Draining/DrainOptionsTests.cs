using EsockdNetty.Draining;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Draining;

public sealed class DrainOptionsTests
{
    [Fact]
    public async Task A_spread_below_zero_is_refused()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo);

        ArgumentOutOfRangeException refused = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => server.Listener.DrainAsync(new DrainOptions { Spread = TimeSpan.FromTicks(-1) }));

        Assert.Equal((nameof(DrainOptions.Spread), ListenerState.Running), (refused.ParamName, server.Listener.State));
    }

    [Fact]
    public void There_are_ten_seconds_unless_somebody_says_otherwise() => Assert.Equal(TimeSpan.FromSeconds(10), new DrainOptions().Timeout);

    [Fact]
    public void What_is_changed_after_the_demand_changes_no_drain()
    {
        var asked = new DrainOptions { Timeout = TimeSpan.Zero, Spread = TimeSpan.Zero };
        DrainOptions demand = asked.Checked();

        (asked.Timeout, asked.Spread) = (TimeSpan.FromHours(1), null);

        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (demand.Timeout, demand.Spread));
    }
}
