using EsockdNetty.Accepting.Rates;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting.Rates;

public sealed class TokenBucketTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5000)]
    public void A_capacity_of_three_admits_three_and_not_two(int capacity)
    {
        TokenBucket bucket = New(capacity, Second);

        int admitted = TakeAll(bucket);

        Assert.Equal(capacity, admitted);
    }

    [Fact]
    public void Then_one_comes_every_part_of_the_period()
    {
        TokenBucket bucket = New(4, Second);
        TakeAll(bucket);

        int[] admitted = [.. Enumerable.Range(0, 8).Select(_ => Take(bucket, TimeSpan.FromMilliseconds(125)))];

        Assert.Equal([0, 1, 0, 1, 0, 1, 0, 1], admitted);
    }

    [Fact]
    public void Never_holds_more_than_its_capacity()
    {
        TokenBucket bucket = New(3, Second);

        _time.Advance(TimeSpan.FromDays(365 * 200));

        Assert.Equal(3, bucket.Available);
        Assert.Equal(3, TakeAll(bucket));
    }

    [Fact]
    public void Admits_no_more_than_twice_its_capacity_within_one_period()
    {
        TokenBucket bucket = New(7, Second);

        int admitted = TakeAll(bucket);
        for (int i = 0; i < 1000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            admitted += TakeAll(bucket);
        }

        Assert.Equal(14, admitted);
    }

    [Fact]
    public void Loses_nothing_to_rounding_where_the_period_cannot_be_divided()
    {
        TokenBucket bucket = New(3, Second);
        TakeAll(bucket);

        int admitted = 0;
        for (int i = 0; i < 100_000; i++)
        {
            _time.Advance(TimeSpan.FromMicroseconds(700.1));
            admitted += TakeAll(bucket);
        }

        Assert.Equal(210, admitted);
    }

    [Fact]
    public void The_greatest_rate_does_not_overflow_over_a_hundred_years()
    {
        TokenBucket bucket = New(int.MaxValue, TimeSpan.FromDays(24));
        bucket.TryTake();

        _time.Advance(TimeSpan.FromDays(365 * 100));

        Assert.Equal(int.MaxValue, bucket.Available);
    }

    [Fact]
    public void A_token_put_back_can_be_taken_again()
    {
        TokenBucket bucket = New(2, Second);
        TakeAll(bucket);

        bucket.Refund();

        Assert.Equal(1, TakeAll(bucket));
    }

    [Fact]
    public void A_token_put_back_into_a_full_bucket_makes_it_no_fuller()
    {
        TokenBucket bucket = New(2, Second);

        bucket.Refund();

        Assert.Equal(2, TakeAll(bucket));
    }

    [Theory]
    [InlineData(10, 100, 0, 0)]
    [InlineData(10, 100, 5, 50)]
    [InlineData(100, 10, 50, 5)]
    [InlineData(3, 6, 1, 2)]
    [InlineData(10, 1000, 10, 1000)]
    public void A_change_of_the_rate_keeps_the_share_that_is_left(int before, int after, int left, int expected)
    {
        TokenBucket bucket = New(before, Second);
        while (bucket.Available > left)
        {
            bucket.TryTake();
        }

        bucket.Rate = new ConnectionRate(after, TimeSpan.FromMinutes(1));

        Assert.Equal(expected, bucket.Available);
        Assert.Equal(after, bucket.Rate.Count);
    }

    [Fact]
    public void A_change_of_the_rate_holds_from_then_on()
    {
        TokenBucket bucket = New(1, TimeSpan.FromHours(1));
        TakeAll(bucket);

        bucket.Rate = new ConnectionRate(10, Second);

        Assert.Equal(0, bucket.Available);
        Assert.Equal(1, Take(bucket, TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public void Those_who_wait_are_served_in_the_order_they_came()
    {
        TokenBucket bucket = New(1, Second);
        TakeAll(bucket);
        Waiter[] waiters = [new(), new(), new()];
        Assert.All(waiters, waiter => Assert.Null(((IConnectionRateLimiter)bucket).TakeOrWait(waiter)));

        var served = new List<int>();
        for (int i = 0; i < 3; i++)
        {
            _time.Advance(Second);
            served.Add(waiters.Count(waiter => waiter.Permit is not null));
        }

        Assert.Equal([1, 2, 3], served);
        Assert.Equal(0, _time.Armed);
    }

    [Fact]
    public void Nobody_passes_those_who_wait()
    {
        TokenBucket bucket = New(3, Second);
        TakeAll(bucket);
        ((IConnectionRateLimiter)bucket).TakeOrWait(new Waiter());

        // A token is there; the timer, in whole milliseconds, is not due yet.
        _time.Advance(Second / 3 + TimeSpan.FromTicks(1));

        Assert.Equal(1, bucket.Available);
        Assert.False(bucket.TryTake());
        Assert.Null(((IConnectionRateLimiter)bucket).TryTake());
        Assert.Null(((IConnectionRateLimiter)bucket).TakeOrWait(new Waiter()));
    }

    [Fact]
    public void A_token_put_back_goes_to_the_one_who_waits()
    {
        TokenBucket bucket = New(1, TimeSpan.FromHours(1));
        bucket.TryTake();
        var waiter = new Waiter();
        ((IConnectionRateLimiter)bucket).TakeOrWait(waiter);

        bucket.Refund();

        Assert.NotNull(waiter.Permit);
    }

    [Fact]
    public void A_permit_given_back_goes_to_the_one_who_waits()
    {
        TokenBucket bucket = New(1, TimeSpan.FromHours(1));
        IRatePermit permit = ((IConnectionRateLimiter)bucket).TryTake()!;
        var waiter = new Waiter();
        ((IConnectionRateLimiter)bucket).TakeOrWait(waiter);

        permit.Refund();

        Assert.NotNull(waiter.Permit);
    }

    [Fact]
    public void A_higher_rate_shortens_a_wait()
    {
        TokenBucket bucket = New(1, TimeSpan.FromHours(1));
        bucket.TryTake();
        var waiter = new Waiter();
        ((IConnectionRateLimiter)bucket).TakeOrWait(waiter);

        bucket.Rate = new ConnectionRate(1, Second);
        _time.Advance(Second);

        Assert.NotNull(waiter.Permit);
    }

    [Fact]
    public void A_wait_that_was_withdrawn_gets_nothing_and_leaves_no_timer()
    {
        TokenBucket bucket = New(1, Second);
        bucket.TryTake();
        var waiter = new Waiter();
        ((IConnectionRateLimiter)bucket).TakeOrWait(waiter);

        bool withdrawn = ((IConnectionRateLimiter)bucket).Withdraw(waiter);
        int armed = _time.Armed;
        _time.Advance(Second);

        Assert.True(withdrawn);
        Assert.Null(waiter.Permit);
        Assert.Equal(0, armed);
        Assert.False(((IConnectionRateLimiter)bucket).Withdraw(waiter));
    }

    [Fact]
    public void A_permit_in_hand_while_the_bucket_fills_is_not_one_more()
    {
        TokenBucket bucket = New(3, Second);
        IRatePermit permit = ((IConnectionRateLimiter)bucket).TryTake()!;

        _time.Advance(TimeSpan.FromDays(1));
        permit.Use();

        Assert.Equal(2, TakeAll(bucket));
    }

    [Fact]
    public void A_permit_given_back_fills_the_bucket_again()
    {
        TokenBucket bucket = New(3, Second);
        IRatePermit permit = ((IConnectionRateLimiter)bucket).TryTake()!;

        permit.Refund();

        Assert.Equal(3, TakeAll(bucket));
    }

    [Fact]
    public async Task Many_threads_take_exactly_what_there_is()
    {
        const int Threads = 4;
        TokenBucket bucket = New(10_000, TimeSpan.FromHours(1));

        int[] taken = await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() => TakeAll(bucket)))).WaitAsync(Eventually.Guard);

        Assert.Equal(10_000, taken.Sum());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, 0)]
    [InlineData(1, -1)]
    [InlineData(1, 25 * 24 * 3600)]
    public void Refuses_what_is_no_rate(int count, int seconds)
    {
        var rate = new ConnectionRate(count, TimeSpan.FromSeconds(seconds));
        var faults = new OptionFaults("Listeners:test");

        rate.Validate(faults, "Limits:Rate");

        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenBucket(rate));
        Assert.StartsWith("Listeners:test:Limits:Rate:", Assert.Single(faults.All).Option, StringComparison.Ordinal);
    }

    private static int TakeAll(TokenBucket bucket)
    {
        int taken = 0;
        while (bucket.TryTake())
        {
            taken++;
        }

        return taken;
    }

    private int Take(TokenBucket bucket, TimeSpan after)
    {
        _time.Advance(after);
        return TakeAll(bucket);
    }

    private TokenBucket New(int count, TimeSpan period) => new(new ConnectionRate(count, period), _time);

    private sealed class Waiter : IRateWaiter
    {
        public IRatePermit? Permit { get; private set; }

        public void OnPermit(IRatePermit permit)
        {
            Permit = permit;
            permit.Use();
        }

        public void OnFault(Exception fault) => Assert.Fail(fault.ToString());
    }
}
