using System.Diagnostics.CodeAnalysis;
using EsockdNetty.Connections;

namespace EsockdNetty.Alarms;

/// <summary>
/// Raises and clears a listener's alarm as its connections come and go. Its timer is set only while the alarm is raised, and so never outlives the
/// last connection: a listener that has ended leaves none behind. Any thread.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Without connections the timer is not set, and one that is not set holds nothing to give back.")]
internal sealed class ConnectionAlarmWatch : IConnectionCountWatcher
{
    private const double PartThatClears = 0.9;

    private readonly string _listener;
    private readonly LiveConnections _live;
    private readonly Action<ConnectionAlarm> _tell;
    private readonly Lock _gate = new();
    private readonly ITimer _cooldown;
    private int? _threshold;
    private TimeSpan _pause;
    private bool _watching;
    private bool _raised;

    /// <summary>Watches nothing before <see cref="Change"/> says what; tells on the thread it happens.</summary>
    public ConnectionAlarmWatch(string listener, LiveConnections live, TimeProvider time, Action<ConnectionAlarm> tell)
    {
        _listener = listener;
        _live = live;
        _tell = tell;
        _cooldown = time.CreateTimer(static watch => ((ConnectionAlarmWatch)watch!).Remind(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// The options hold from now on. An alarm that was raised is raised anew where the connections are above the new threshold, and cleared where they
    /// are not, or there is none any more: nobody shall wait for the end of what is watched no longer.
    /// </summary>
    public void Change(AlarmOptions options)
    {
        bool watch;
        ConnectionAlarm? cleared;
        lock (_gate)
        {
            if (_threshold == options.Connections && _pause == options.Cooldown)
            {
                return;
            }

            cleared = ClearedBy(options.Connections);
            _raised &= _threshold == options.Connections;
            _threshold = options.Connections;
            _pause = options.Cooldown;
            Rest();
            (watch, _watching) = (_threshold is not null && !_watching, _threshold is not null);
        }

        Tell(cleared);
        Attach(watch);
    }

    // The count that was told may be older than one told before; the one that is judged is read under the lock.
    public void OnCount(int count)
    {
        ConnectionAlarm? alarm;
        lock (_gate)
        {
            alarm = Judge(_live.Count);
        }

        Tell(alarm);
    }

    private ConnectionAlarm? ClearedBy(int? next)
    {
        int count = _live.Count;
        return _raised && _threshold is { } threshold && threshold != next && !(count > next)
            ? new ConnectionAlarm(_listener, ConnectionAlarmKind.Cleared, count, threshold)
            : null;
    }

    private void Attach(bool watch)
    {
        if (watch)
        {
            _live.Watch(this);
        }
        else if (_threshold is null)
        {
            _live.Unwatch(this);
        }
        else
        {
            OnCount(_live.Count);
        }
    }

    private ConnectionAlarm? Judge(int count)
    {
        if (_threshold is not { } threshold)
        {
            return null;
        }

        if (!_raised && count > threshold)
        {
            return Turn(ConnectionAlarmKind.Raised, count, threshold);
        }

        return _raised && count < threshold * PartThatClears ? Turn(ConnectionAlarmKind.Cleared, count, threshold) : null;
    }

    private ConnectionAlarm Turn(ConnectionAlarmKind kind, int count, int threshold)
    {
        _raised = kind != ConnectionAlarmKind.Cleared;
        Rest();
        return new ConnectionAlarm(_listener, kind, count, threshold);
    }

    private void Rest() => _cooldown.Change(_raised ? _pause : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private void Remind()
    {
        ConnectionAlarm? alarm = null;
        lock (_gate)
        {
            // Between 90 and 100 % it is neither above nor over: nothing is said, and the next look is due all the same.
            if (_raised && _threshold is { } threshold)
            {
                int count = _live.Count;
                Rest();
                alarm = count > threshold ? new ConnectionAlarm(_listener, ConnectionAlarmKind.StillRaised, count, threshold) : null;
            }
        }

        Tell(alarm);
    }

    private void Tell(ConnectionAlarm? alarm)
    {
        if (alarm is not null)
        {
            _tell(alarm);
        }
    }
}
