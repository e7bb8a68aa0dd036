using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Rates;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting.Rates;

/// <summary>How a gate deals with a limiter of the user's: when it asks again, and what becomes of the leases.</summary>
public sealed class RateLimiterAdapterTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(null, 10)]
    [InlineData(1, 10)]
    [InlineData(-5, 10)]
    [InlineData(300, 300)]
    [InlineData(86_400_000, 1000)]
    public void Asks_again_when_the_limiter_says_so_but_neither_at_once_nor_after_more_than_a_second(int? toldMilliseconds, int expectedMilliseconds)
    {
        using var limiter = new ScriptedLimiter(toldMilliseconds is { } told ? TimeSpan.FromMilliseconds(told) : null);
        _ = Waiting(limiter);
        int asked = limiter.Asked;

        Advance(TimeSpan.FromMilliseconds(expectedMilliseconds) - TimeSpan.FromTicks(1));
        int early = limiter.Asked;
        Advance(TimeSpan.FromTicks(1));

        Assert.Equal((asked, asked + 1), (early, limiter.Asked));
    }

    [Fact]
    public void A_lease_that_refuses_a_connection_is_disposed()
    {
        using var limiter = new ScriptedLimiter();
        var server = new EmbeddedChannel(new ConnectionRateGate(limiter));

        server.WriteInbound(new ChildChannel(descriptor: -1), new ChildChannel(descriptor: -1));

        Assert.Equal((2, 0), (limiter.Asked, limiter.Undisposed));
    }

    [Fact]
    public void Leases_that_refuse_are_disposed_while_it_waits()
    {
        using var limiter = new ScriptedLimiter();
        _ = Waiting(limiter);
        Advance(TimeSpan.FromMilliseconds(10));

        Assert.Equal((3, 0), (limiter.Asked, limiter.Undisposed));
    }

    [Fact]
    public async Task A_lease_that_comes_after_the_wait_was_given_up_is_disposed()
    {
        using var limiter = new ScriptedLimiter();
        var answering = new TaskCompletionSource();
        limiter.Answering = answering.Task;
        EmbeddedChannel server = Waiting(limiter);
        await server.CloseAsync();

        limiter.IsOpen = true;
        answering.SetResult();

        Eventually.Equal((2, 0), () => (limiter.Asked, limiter.Undisposed));
    }

    [Fact]
    public void A_wait_that_was_given_up_asks_no_more()
    {
        using var limiter = new ScriptedLimiter();
        EmbeddedChannel server = Waiting(limiter);

        server.Pipeline.Remove<ConnectionRateGate>();

        Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(2, limiter.Asked);
    }

    private void Advance(TimeSpan time)
    {
        // With xunit's context a wait that is over would go on later, and on another thread.
        SynchronizationContext.SetSynchronizationContext(null);
        _time.Advance(time);
    }

    private EmbeddedChannel Waiting(ScriptedLimiter limiter) =>
        new(new ConnectionRateGate(new RateLimiterAdapter(limiter, _time), OverLimit.Wait, isGone: static _ => false));
}
