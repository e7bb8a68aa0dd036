using DotNetty.Common;

namespace EsockdNetty.Connections.Traffic;

/// <summary>
/// What all connections of a listener may receive together. Nobody passes those who wait; the first of them looks after the time, and tells the
/// next when it has got what it wanted. Any thread.
/// </summary>
internal sealed class SharedTraffic(TrafficLimit limit)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TrafficTurn> _waiting = new();
    private TrafficLevel _level;

    /// <summary>Takes as many whole tokens as there are, up to <paramref name="most"/>.</summary>
    /// <returns>None when it has to wait: for <paramref name="wait"/>, or to be told where that is null.</returns>
    public int TakeUpTo(TrafficTurn turn, int most, PreciseTimeSpan now, out TimeSpan? wait)
    {
        TrafficTurn? next;
        int taken;
        lock (_gate)
        {
            double level = LevelFor(turn, now, out wait);
            taken = level >= 1 ? (int)Math.Min(most, level) : 0;
            next = Take(turn, taken, taken);
        }

        next?.OnFirst();
        return taken;
    }

    /// <summary>Takes <paramref name="count"/> tokens if there is one, the rest in advance.</summary>
    /// <returns>False when it has to wait: for <paramref name="wait"/>, or to be told where that is null.</returns>
    public bool TryOverdraw(TrafficTurn turn, long count, PreciseTimeSpan now, out TimeSpan? wait)
    {
        TrafficTurn? next;
        bool mayPass;
        lock (_gate)
        {
            mayPass = LevelFor(turn, now, out wait) >= 1;
            next = Take(turn, mayPass ? 1 : 0, count);
        }

        next?.OnFirst();
        return mayPass;
    }

    /// <summary>Takes what has come without asking; gives it back where <paramref name="count"/> is negative.</summary>
    public void Charge(long count, PreciseTimeSpan now)
    {
        lock (_gate)
        {
            _level.Fill(limit.Total, now);
            _level.Take(count);
        }
    }

    /// <summary>Ends a wait.</summary>
    public void Leave(TrafficTurn turn)
    {
        TrafficTurn? next;
        lock (_gate)
        {
            next = Remove(turn);
        }

        next?.OnFirst();
    }

    private double LevelFor(TrafficTurn turn, PreciseTimeSpan now, out TimeSpan? wait)
    {
        TrafficRate? rate = limit.Total;
        double level = _level.Fill(rate, now);
        bool isFirst = _waiting.First is not { } first || first.Value == turn;
        wait = isFirst && rate is not null ? _level.UntilNext(rate) : null;
        return isFirst ? level : 0;
    }

    private TrafficTurn? Take(TrafficTurn turn, int got, long count)
    {
        if (got > 0)
        {
            _level.Take(count);
            return Remove(turn);
        }

        turn.Place ??= _waiting.AddLast(turn);
        return null;
    }

    /// <summary>Who has become the first by it.</summary>
    private TrafficTurn? Remove(TrafficTurn turn)
    {
        if (turn.Place is not { } place)
        {
            return null;
        }

        bool wasFirst = place == _waiting.First;
        _waiting.Remove(place);
        turn.Place = null;
        return wasFirst ? _waiting.First?.Value : null;
    }
}
