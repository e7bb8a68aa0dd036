namespace DotNetty.Transport.Epoll.Tests;

public sealed class SpinBudgetTests : IDisposable
{
    private const int Waits = 8;

    private readonly EpollSet _set = new();

    public void Dispose()
    {
        AppContext.SetSwitch(SpinBudget.Switch, true);
        _set.Dispose();
    }

    [Fact]
    public void Does_not_look_before_waits_were_short()
    {
        var budget = new SpinBudget();
        _set.WakeUp();

        Assert.Equal(0, budget.Spin(_set));
    }

    [Fact]
    public void Looks_after_short_waits_where_there_is_a_processor_to_spare()
    {
        var budget = AfterShortWaits();
        _set.WakeUp();

        // Other tests' loops may be looking just now, which leaves none to spare.
        bool found = SpinWait.SpinUntil(() => budget.Spin(_set) == 1, Guard);

        Assert.Equal(Environment.ProcessorCount >= 2, found);
    }

    [Fact]
    public void Does_not_look_when_the_switch_is_off()
    {
        AppContext.SetSwitch(SpinBudget.Switch, false);
        var budget = AfterShortWaits();
        _set.WakeUp();

        Assert.Equal(0, budget.Spin(_set));
    }

    private static TimeSpan Guard => TimeSpan.FromSeconds(Environment.ProcessorCount >= 2 ? 20 : 0);

    private static SpinBudget AfterShortWaits()
    {
        var budget = new SpinBudget();
        for (int i = 0; i < Waits; i++)
            budget.Waited(0);
        return budget;
    }
}
