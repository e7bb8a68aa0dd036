using EsockdNetty.Memory;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EsockdNetty.Tests.Memory;

public sealed class BurstCollectorTests : IDisposable
{
    private const long Calm = 4 * 1024 * 1024;
    private const long Burst = Calm + BurstCollector.LeastBurst;

    private readonly ManualTime _time = new();
    private readonly BurstCollector _collector;
    private long _reserved = Calm;
    private int _collections;

    public BurstCollectorTests()
    {
        _collector = new BurstCollector(() => _reserved, () => _collections++, NullLogger.Instance, _time);
        _collector.Start();
        Look(10);
    }

    public void Dispose() => _collector.Dispose();

    [Fact]
    public void Collects_once_when_a_burst_is_over_and_nothing_has_moved_for_a_while()
    {
        _reserved = Burst;
        Look(100);
        Assert.Equal(0, _collections);

        _reserved = Calm;
        Look(BurstCollector.QuietLooks);
        Assert.Equal(0, _collections);
        Look(1);
        Assert.Equal(1, _collections);

        Look(1000);
        Assert.Equal(1, _collections);
    }

    [Fact]
    public void Waits_while_the_pools_still_give_back()
    {
        _reserved = Burst * 4;
        Look(1);

        for (_reserved = Burst * 4; _reserved > Calm; _reserved -= 1024 * 1024)
        {
            Look(1);
            Assert.Equal(0, _collections);
        }

        Look(BurstCollector.QuietLooks + 1);
        Assert.Equal(1, _collections);
    }

    [Fact]
    public void Leaves_alone_what_was_no_burst()
    {
        _reserved = Burst - 1;
        Look(1);

        _reserved = Calm;
        Look(100);

        Assert.Equal(0, _collections);
    }

    [Fact]
    public void Collects_again_after_the_next_burst()
    {
        for (int burst = 1; burst <= 3; burst++)
        {
            _reserved = Burst;
            Look(1);
            _reserved = Calm;
            Look(100);

            Assert.Equal(burst, _collections);
        }
    }

    [Fact]
    public void Lets_a_burst_pass_while_it_is_off()
    {
        _collector.IsOn = false;
        _reserved = Burst;
        Look(1);
        _reserved = Calm;
        Look(100);

        _collector.IsOn = true;
        Look(100);

        Assert.Equal(0, _collections);
    }

    [Fact]
    public void Looks_no_more_once_disposed()
    {
        _reserved = Burst;
        Look(1);
        _reserved = Calm;

        _collector.Dispose();

        Look(100);
        Assert.Equal(0, _collections);
    }

    private void Look(int times) => _time.Advance(BurstCollector.Interval * times);
}
