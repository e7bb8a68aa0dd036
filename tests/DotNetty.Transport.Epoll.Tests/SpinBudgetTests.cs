namespace DotNetty.Transport.Epoll.Tests;

public sealed class SpinBudgetTests : IDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    private readonly EpollSet _set = new();

    // Whatever machine this is.
    public SpinBudgetTests() => AppContext.SetSwitch(SpinBudget.Switch, true);

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
    public void Looks_after_short_waits_and_returns_what_it_found()
    {
        SpinBudget budget = AfterShortWaits();
        _set.WakeUp();

        // Other tests' loops may be looking just now, which leaves none to spare.
        Assert.True(SpinWait.SpinUntil(() => budget.Spin(_set) == 1, Guard));
    }

    [Fact]
    public void Does_not_look_when_the_switch_is_off()
    {
        AppContext.SetSwitch(SpinBudget.Switch, false);
        SpinBudget budget = AfterShortWaits();
        _set.WakeUp();

        Assert.Equal(0, budget.Spin(_set));
    }

    [Fact]
    public void Does_not_look_any_more_when_waits_have_become_long()
    {
        SpinBudget budget = AfterShortWaits();
        Assert.True(budget.Wants());

        budget.Waited(System.Diagnostics.Stopwatch.Frequency);

        Assert.False(budget.Wants());
    }

    [Fact]
    public void Rests_for_twice_as_many_waits_after_each_further_look_in_vain()
    {
        SpinBudget budget = AfterShortWaits();
        for (int i = 0; i < SpinBudget.MostInVain; i++)
        {
            Assert.True(budget.Wants());
            budget.FoundNothing();
        }

        int[] rests = [RestOf(budget), RestOf(budget), RestOf(budget)];

        Assert.Equal([SpinBudget.ShortestRest, 2 * SpinBudget.ShortestRest, 4 * SpinBudget.ShortestRest], rests);
    }

    [Fact]
    public void No_rest_is_without_end()
    {
        SpinBudget budget = AfterShortWaits();
        for (int i = 0; i < 100; i++)
            budget.FoundNothing();

        Assert.Equal(SpinBudget.LongestRest, RestOf(budget));
    }

    [Fact]
    public void Looks_as_before_once_a_look_has_found_something()
    {
        SpinBudget budget = AfterShortWaits();
        for (int i = 0; i < 2 * SpinBudget.MostInVain; i++)
            budget.FoundNothing();
        _ = RestOf(budget, static budget => budget.Found());

        for (int i = 0; i < SpinBudget.MostInVain; i++)
        {
            Assert.True(budget.Wants());
            budget.FoundNothing();
        }

        Assert.Equal(SpinBudget.ShortestRest, RestOf(budget));
    }

    private static SpinBudget AfterShortWaits()
    {
        var budget = new SpinBudget();
        for (int i = 0; i < SpinBudget.Waits; i++)
            budget.Waited(0);
        return budget;
    }

    // How many waits go by without a look, and what the look after them comes to: nothing, unless told otherwise.
    private static int RestOf(SpinBudget budget, Action<SpinBudget>? then = null)
    {
        int waits = 0;
        while (!budget.Wants())
            waits++;
        (then ?? (static budget => budget.FoundNothing()))(budget);
        return waits;
    }
}
