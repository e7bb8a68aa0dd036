using DotNetty.Transport.Channels;
using EsockdNetty.Alarms;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Alarms;

public sealed class ConnectionAlarmWatchTests
{
    private static readonly TimeSpan Cooldown = TimeSpan.FromSeconds(60);

    private readonly LiveConnections _live = new(new ListenerCounters());
    private readonly Stack<IChannel> _channels = new();
    private readonly ManualTime _time = new();
    private readonly List<string> _told = [];
    private readonly ConnectionAlarmWatch _watch;

    public ConnectionAlarmWatchTests()
    {
        _watch = new ConnectionAlarmWatch("door", _live, _time, alarm => _told.Add($"{alarm.Kind} {alarm.Connections}/{alarm.Threshold}"));
        _watch.Change(new AlarmOptions { Connections = 10 });
    }

    [Fact]
    public void Is_raised_once_on_crossing_up()
    {
        Come(10);
        Assert.Empty(_told);

        Come(5);

        Assert.Equal(["Raised 11/10"], _told);
    }

    [Fact]
    public void Is_raised_again_after_a_cooldown_if_still_above()
    {
        Come(12);

        _time.Advance(Cooldown - TimeSpan.FromTicks(1));
        Assert.Single(_told);
        _time.Advance(TimeSpan.FromTicks(1));
        _time.Advance(Cooldown);

        Assert.Equal(["Raised 11/10", "StillRaised 12/10", "StillRaised 12/10"], _told);
    }

    [Fact]
    public void Is_cleared_once_on_falling_below_90_percent()
    {
        Come(11);

        Leave(2);
        Assert.Single(_told);
        Leave(3);

        Assert.Equal(["Raised 11/10", "Cleared 8/10"], _told);
        _time.Advance(Cooldown * 3);
        Assert.Equal(2, _told.Count);
    }

    [Fact]
    public void Says_nothing_between_90_and_100_percent_and_goes_on_above()
    {
        Come(11);
        Leave(1);

        _time.Advance(Cooldown);
        Assert.Single(_told);
        Come(3);
        _time.Advance(Cooldown);

        Assert.Equal(["Raised 11/10", "StillRaised 13/10"], _told);
    }

    [Fact]
    public void Swinging_about_the_threshold_is_one_alarm()
    {
        Come(10);

        for (int i = 0; i < 100; i++)
        {
            Come(1);
            Leave(1);
        }

        Assert.Equal(["Raised 11/10"], _told);
    }

    [Fact]
    public void A_lower_threshold_holds_at_once()
    {
        Come(6);

        _watch.Change(new AlarmOptions { Connections = 5 });

        Assert.Equal(["Raised 6/5"], _told);
    }

    [Fact]
    public void A_threshold_lowered_while_the_alarm_is_raised_raises_it_anew()
    {
        Come(11);

        _watch.Change(new AlarmOptions { Connections = 5 });

        Assert.Equal(["Raised 11/10", "Raised 11/5"], _told);
    }

    [Fact]
    public void A_shorter_cooldown_holds_for_the_alarm_that_is_raised()
    {
        Come(11);

        _watch.Change(new AlarmOptions { Connections = 10, Cooldown = Cooldown / 2 });
        _time.Advance(Cooldown / 2);

        Assert.Equal(["Raised 11/10", "StillRaised 11/10"], _told);
    }

    [Fact]
    public void A_change_of_other_options_does_not_begin_the_cooldown_anew()
    {
        Come(11);
        _time.Advance(Cooldown / 2);

        _watch.Change(new AlarmOptions { Connections = 10 });
        _time.Advance(Cooldown / 2);

        Assert.Equal(["Raised 11/10", "StillRaised 11/10"], _told);
    }

    [Fact]
    public void An_alarm_that_is_raised_is_cleared_by_a_higher_threshold()
    {
        Come(11);

        _watch.Change(new AlarmOptions { Connections = 20 });
        Come(10);

        Assert.Equal(["Raised 11/10", "Cleared 11/10", "Raised 21/20"], _told);
    }

    [Fact]
    public void Without_a_threshold_what_was_raised_is_cleared_and_nothing_more_is_said()
    {
        Come(11);

        _watch.Change(new AlarmOptions());
        Leave(11);
        Come(50);
        _time.Advance(Cooldown * 2);

        Assert.Equal(["Raised 11/10", "Cleared 11/10"], _told);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void With_the_last_connection_its_timer_is_gone(int threshold)
    {
        _watch.Change(new AlarmOptions { Connections = threshold });
        Come(11);
        Assert.Equal(1, _time.Armed);

        Leave(11);

        Assert.Equal(0, _time.Armed);
    }

    [Fact]
    public void Without_a_threshold_its_timer_is_gone()
    {
        Come(11);

        _watch.Change(new AlarmOptions());

        Assert.Equal(0, _time.Armed);
    }

    private void Come(int count)
    {
        for (int i = 0; i < count; i++)
        {
            IChannel channel = new ChildChannel();
            _channels.Push(channel);
            _live.Add(channel);
        }
    }

    private void Leave(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _channels.Pop().Unsafe.CloseForcibly();
        }
    }
}
