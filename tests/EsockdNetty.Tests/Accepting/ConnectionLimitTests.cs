using EsockdNetty.Accepting;

namespace EsockdNetty.Tests.Accepting;

public sealed class ConnectionLimitTests
{
    [Fact]
    public void Gives_as_many_permits_as_the_limit_says()
    {
        var limit = new ConnectionLimit(2);

        bool[] taken = [limit.TryTake(), limit.TryTake(), limit.TryTake()];

        Assert.Equal([true, true, false], taken);
        Assert.Equal(2, limit.Count);
    }

    [Fact]
    public void Gives_a_returned_permit_again()
    {
        var limit = new ConnectionLimit(1);
        limit.TryTake();

        limit.Release();

        Assert.True(limit.TryTake());
    }

    [Fact]
    public void Gives_several_at_once_as_far_as_they_are_free()
    {
        var limit = new ConnectionLimit(5);

        int[] taken = [limit.TakeUpTo(3), limit.TakeUpTo(3), limit.TakeUpTo(3), limit.TakeUpTo(-1)];

        Assert.Equal([3, 2, 0, 0], taken);
        Assert.Equal(5, limit.Count);
    }

    [Fact]
    public void Gives_none_at_once_above_a_limit_that_was_lowered()
    {
        var limit = new ConnectionLimit(5);
        limit.TakeUpTo(5);

        limit.Limit = 2;

        Assert.Equal(0, limit.TakeUpTo(1));
        Assert.Equal(5, limit.Count);
    }

    [Fact]
    public void Hands_several_that_are_returned_to_those_who_waited_longest()
    {
        var limit = new ConnectionLimit(3);
        Waiter[] waiters = [new(), new(), new()];
        limit.TakeUpTo(3);
        Array.ForEach(waiters, waiter => limit.TakeOrWait(waiter));

        limit.Release(2);

        Assert.Equal([1, 1, 0], waiters.Select(waiter => waiter.Permits));
        Assert.Equal((3, 0), (limit.Count, limit.TakeUpTo(5)));
    }

    [Fact]
    public void Refuses_to_take_back_what_nobody_took()
    {
        var limit = new ConnectionLimit(1);

        Assert.Throws<InvalidOperationException>(limit.Release);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Refuses_a_limit_below_one(int value)
    {
        var limit = new ConnectionLimit(1);

        Assert.Throws<ArgumentOutOfRangeException>(() => new ConnectionLimit(value));
        Assert.Throws<ArgumentOutOfRangeException>(() => limit.Limit = value);
    }

    [Fact]
    public void Lowering_keeps_the_living_and_lets_nobody_in_until_they_are_fewer()
    {
        var limit = new ConnectionLimit(3);
        limit.TryTake();
        limit.TryTake();

        limit.Limit = 1;

        Assert.Equal(2, limit.Count);
        limit.Release();
        Assert.False(limit.TryTake());
        limit.Release();
        Assert.True(limit.TryTake());
    }

    [Fact]
    public void Hands_a_returned_permit_to_the_one_who_waited_longest()
    {
        var limit = new ConnectionLimit(1);
        var first = new Waiter();
        var second = new Waiter();
        limit.TryTake();
        limit.TakeOrWait(first);
        limit.TakeOrWait(second);

        limit.Release();

        Assert.Equal((1, 0), (first.Permits, second.Permits));
        Assert.Equal(1, limit.Count);
        Assert.False(limit.TryTake());
    }

    [Fact]
    public void Raising_the_limit_wakes_as_many_as_there_is_room_for()
    {
        var limit = new ConnectionLimit(1);
        Waiter[] waiters = [new(), new(), new()];
        limit.TryTake();
        Array.ForEach(waiters, waiter => limit.TakeOrWait(waiter));

        limit.Limit = 3;

        Assert.Equal([1, 1, 0], waiters.Select(waiter => waiter.Permits));
        Assert.Equal(3, limit.Count);
    }

    [Fact]
    public void Passes_by_one_who_has_withdrawn()
    {
        var limit = new ConnectionLimit(1);
        var gone = new Waiter();
        limit.TryTake();
        limit.TakeOrWait(gone);

        Assert.True(limit.Withdraw(gone));
        limit.Release();

        Assert.Equal(0, gone.Permits);
        Assert.Equal(0, limit.Count);
    }

    [Fact]
    public void Counts_exactly_while_many_threads_take_and_return()
    {
        var limit = new ConnectionLimit(3);
        int live = 0;
        int most = 0;

        Parallel.For(0, 100_000, _ =>
        {
            if (limit.TryTake())
            {
                InterlockedMax(ref most, Interlocked.Increment(ref live));
                Interlocked.Decrement(ref live);
                limit.Release();
            }
        });

        Assert.InRange(most, 1, 3);
        Assert.Equal(0, limit.Count);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen = target; value > seen; seen = target)
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }

    private sealed class Waiter : IPermitWaiter
    {
        public int Permits { get; private set; }

        public void OnPermit() => Permits++;
    }
}
