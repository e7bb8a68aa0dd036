using EsockdNetty;
using EsockdNetty.Statistics;

namespace EchoServer.Stats;

/// <summary>Looks at listeners again and again, and tells what became of their statistics since the look before.</summary>
internal sealed class StatsReader
{
    private readonly IReadOnlyList<Listener> _listeners;
    private readonly TimeProvider _time;
    private readonly ListenerStatistics[] _before;
    private long _readAt;

    public StatsReader(IReadOnlyList<Listener> listeners, TimeProvider time)
    {
        _listeners = listeners;
        _time = time;
        _readAt = time.GetTimestamp();
        _before = [.. listeners.Select(listener => listener.Statistics)];
    }

    public IReadOnlyList<StatsRow> Read()
    {
        long now = _time.GetTimestamp();
        TimeSpan time = _time.GetElapsedTime(_readAt, now);
        _readAt = now;
        return [.. _listeners.Select((listener, place) => Read(listener, place, time))];
    }

    private StatsRow Read(Listener listener, int place, TimeSpan time)
    {
        ListenerStatistics before = _before[place];
        _before[place] = listener.Statistics;
        return new StatsRow(listener.Name, listener.State, before, _before[place], time);
    }
}
