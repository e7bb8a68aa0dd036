using DotNetty.Common;

namespace DotNetty.Transport.Epoll.Tests;

public sealed class EpollSetTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Late = TimeSpan.FromHours(1);

    private readonly EpollSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void The_alarm_ends_a_wait_not_before_its_time_and_once()
    {
        PreciseTimeSpan now = PreciseTimeSpan.FromStart;
        _set.WakeUpBy(now + Soon, now);

        int ready = _set.Wait();

        Assert.True(PreciseTimeSpan.FromStart >= now + Soon);
        Assert.True(_set.TakeAlarm(ready));
        Assert.Equal(0, _set.Look());
    }

    [Fact]
    public void Who_must_be_woken_sooner_brings_the_alarm_forward()
    {
        PreciseTimeSpan now = PreciseTimeSpan.FromStart;
        _set.WakeUpBy(now + Late, now);
        _set.WakeUpBy(now + Soon, now);

        Assert.True(_set.TakeAlarm(_set.Wait()));
    }

    [Fact]
    public void Who_may_be_woken_later_leaves_the_alarm_as_it_is_and_sets_it_again_when_it_has_rung()
    {
        PreciseTimeSpan now = PreciseTimeSpan.FromStart;
        _set.WakeUpBy(now + Soon, now);
        _set.WakeUpBy(now + Late, now);
        Assert.True(_set.TakeAlarm(_set.Wait()));

        _set.WakeUpBy(now + (2 * Soon), now);

        Assert.True(_set.TakeAlarm(_set.Wait()));
    }

    [Fact]
    public void A_time_that_has_passed_rings_at_once()
    {
        PreciseTimeSpan now = PreciseTimeSpan.FromStart;
        _set.WakeUpBy(now - Late, now);

        Assert.True(_set.TakeAlarm(_set.Wait()));
    }

    [Fact]
    public void A_time_in_a_hundred_years_is_no_fault()
    {
        PreciseTimeSpan now = PreciseTimeSpan.FromStart;

        _set.WakeUpBy(now + TimeSpan.FromDays(36_500), now);

        Assert.Equal(0, _set.Look());
    }

    [Fact]
    public void Each_wake_up_ends_one_wait_though_nothing_is_read()
    {
        for (int i = 0; i < 3; i++)
        {
            _set.WakeUp();

            Assert.Equal(1, _set.Wait());
            Assert.False(_set.TakeAlarm(1));
            Assert.True(_set.TakeOwn(_set.TokenAt(0)));
            Assert.Equal(0, _set.Look());
        }
    }
}
