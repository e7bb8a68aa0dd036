using EsockdNetty.Memory;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EsockdNetty.Tests.Memory;

public sealed class BurstCollectorTests : IDisposable
{
    private const long Calm = 4 * 1024 * 1024;
    private const long Burst = Calm + BurstCollector.LeastBurst;
    private const int Few = 100;
    private const int Many = Few + (int)(BurstCollector.LeastBurst / BurstCollector.PerConnection);

    private readonly ManualTime _time = new();
    private readonly BurstCollector _collector;
    private long _reserved = Calm;
    private int _open = Few;
    private int _collections;

    public BurstCollectorTests()
    {
        _collector = new BurstCollector(() => _reserved, () => _open, () => _collections++, NullLogger.Instance, _time);
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
    public void Collects_once_when_many_connections_have_ended_and_none_comes_or_goes_for_a_while()
    {
        _open = Many;
        Look(100);
        Assert.Equal(0, _collections);

        _open = Few;
        Look(BurstCollector.QuietLooks);
        Assert.Equal(0, _collections);
        Look(1);
        Assert.Equal(1, _collections);

        Look(1000);
        Assert.Equal(1, _collections);
    }

    [Fact]
    public void Leaves_alone_the_end_of_fewer_connections()
    {
        _open = Many - 1;
        Look(1);

        _open = Few;
        Look(100);

        Assert.Equal(0, _collections);
    }

    [Fact]
    public void Waits_while_connections_still_end()
    {
        _open = Few + ((Many - Few) * 4);
        Look(1);

        for (_open = Few + ((Many - Few) * 4); _open > Few; _open -= BurstCollector.Unrest)
        {
            Look(1);
            Assert.Equal(0, _collections);
        }

        Look(BurstCollector.QuietLooks + 1);
        Assert.Equal(1, _collections);
    }

    [Fact]
    public void Waits_for_the_pools_when_connections_have_ended()
    {
        _open = Many;
        _reserved = Burst;
        Look(1);

        _open = Few;
        for (_reserved = Burst; _reserved > Calm; _reserved -= 1024 * 1024)
        {
            Look(1);
            Assert.Equal(0, _collections);
        }

        Look(100);
        Assert.Equal(1, _collections);
    }

    [Fact]
    public void Does_not_wait_for_the_few_that_always_come_and_go()
    {
        _open = Many + BurstCollector.Unrest;
        Look(1);

        for (int look = 0; look <= BurstCollector.QuietLooks; look++)
        {
            Assert.Equal(0, _collections);
            _open = Few + (look % 2 * (BurstCollector.Unrest - 1));
            Look(1);
        }

        Assert.Equal(1, _collections);
    }

    [Fact]
    public void Adds_up_what_buffers_and_connections_have_left_behind()
    {
        _reserved = Calm + (BurstCollector.LeastBurst / 2);
        _open = Few + ((Many - Few) / 2);
        Look(1);

        (_reserved, _open) = (Calm, Few);
        Look(100);

        Assert.Equal(1, _collections);
    }

    [Fact]
    public void Newcomers_do_not_make_up_for_what_buffers_left_behind()
    {
        _reserved = Burst;
        Look(1);

        (_reserved, _open) = (Calm, Many);
        Look(100);

        Assert.Equal(1, _collections);
    }

    [Fact]
    public void Collects_again_after_the_next_connections_have_ended()
    {
        for (int crowd = 1; crowd <= 3; crowd++)
        {
            _open = Many;
            Look(1);
            _open = Few;
            Look(100);

            Assert.Equal(crowd, _collections);
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
