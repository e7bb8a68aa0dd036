using DotNetty.Common.Concurrency;

namespace DotNetty.Common.Tests.Concurrency;

public sealed class SpinBudgetTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMicroseconds(50);

    private int _looks;

    // Whatever the machine, and whatever somebody set before.
    public SpinBudgetTests() => AppContext.SetSwitch(SpinBudget.Switch, true);

    public void Dispose() => AppContext.SetSwitch(SpinBudget.Switch, true);

    [Fact]
    public void Does_not_look_before_waits_were_short()
    {
        var budget = new SpinBudget(1, Longest);

        Assert.False(budget.Spin(Something));
        Assert.Equal(0, _looks);
    }

    [Fact]
    public void Looks_after_short_waits_until_it_finds_something()
    {
        SpinBudget budget = AfterShortWaits();

        Assert.True(budget.Spin(Something));
        Assert.Equal(1, _looks);
    }

    [Fact]
    public void Gives_up_where_there_is_nothing()
    {
        SpinBudget budget = AfterShortWaits();

        Assert.False(budget.Spin(Nothing));
        Assert.NotEqual(0, _looks);
    }

    [Fact]
    public void Does_not_look_when_the_switch_is_off()
    {
        AppContext.SetSwitch(SpinBudget.Switch, false);
        SpinBudget budget = AfterShortWaits();

        Assert.False(budget.Spin(Something));
    }

    [Fact]
    public void Lets_one_loop_look_where_the_processors_spare_none_and_the_switch_is_on()
    {
        SpinBudget budget = AfterShortWaits(mostSpinning: 0);

        Assert.True(budget.Spin(Something));
    }

    [Fact]
    public void Lets_no_more_loops_look_at_a_time_than_was_said()
    {
        SpinBudget second = AfterShortWaits();

        AfterShortWaits().Spin(() => !second.Spin(Something));

        Assert.Equal(0, _looks);
    }

    [Fact]
    public void Does_not_look_any_more_when_waits_have_become_long()
    {
        SpinBudget budget = AfterShortWaits();
        Assert.True(budget.Spin(Something));

        budget.Waited(PreciseTimeSpan.FromTimeSpan(SpinBudget.Waits * 2 * Longest));

        Assert.False(budget.Spin(Something));
    }

    [Fact]
    public void Rests_for_twice_as_many_waits_after_each_further_look_in_vain()
    {
        SpinBudget budget = AfterShortWaits();
        for (int i = 0; i < SpinBudget.MostInVain; i++)
            Assert.Equal(0, RestOf(budget, Nothing));

        int[] rests = [RestOf(budget, Nothing), RestOf(budget, Nothing), RestOf(budget, Nothing)];

        Assert.Equal([SpinBudget.ShortestRest, 2 * SpinBudget.ShortestRest, 4 * SpinBudget.ShortestRest], rests);
    }

    [Fact]
    public void No_rest_is_without_end()
    {
        SpinBudget budget = AfterShortWaits();
        for (int i = 0; i < 20; i++)
            RestOf(budget, Nothing);

        Assert.Equal(SpinBudget.LongestRest, RestOf(budget, Nothing));
    }

    [Fact]
    public void Looks_as_before_once_a_look_has_found_something()
    {
        SpinBudget budget = AfterShortWaits();
        for (int i = 0; i < 2 * SpinBudget.MostInVain; i++)
            RestOf(budget, Nothing);
        RestOf(budget, Something);

        for (int i = 0; i < SpinBudget.MostInVain; i++)
            Assert.Equal(0, RestOf(budget, Nothing));

        Assert.Equal(SpinBudget.ShortestRest, RestOf(budget, Nothing));
    }

    private static SpinBudget AfterShortWaits(int mostSpinning = 1)
    {
        var budget = new SpinBudget(mostSpinning, Longest);
        for (int i = 0; i < SpinBudget.Waits; i++)
            budget.Waited(PreciseTimeSpan.Zero);
        return budget;
    }

    // How many waits go by without a look.
    private int RestOf(SpinBudget budget, Func<bool> look)
    {
        int before = _looks;
        int waits = 0;
        while (true)
        {
            budget.Spin(look);
            if (_looks > before)
                return waits;

            waits++;
        }
    }

    private bool Something()
    {
        _looks++;
        return true;
    }

    private bool Nothing()
    {
        _looks++;
        return false;
    }
}
