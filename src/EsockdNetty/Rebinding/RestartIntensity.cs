namespace EsockdNetty.Rebinding;

/// <summary>
/// How often something may be tried again, as an Erlang supervisor judges it: so many times within a period that slides, with a pause before
/// each that doubles from the shortest to the longest and begins anew once a whole longest pause went by without a try.
/// </summary>
internal sealed class RestartIntensity(TimeProvider time)
{
    private const int Most = 10;

    private static readonly TimeSpan Period = TimeSpan.FromHours(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Queue<long> _tries = new(Most);
    private TimeSpan _next = Shortest;
    private long _last;

    /// <summary>The pause before the next try; null when there were too many.</summary>
    public TimeSpan? Next()
    {
        long now = time.GetTimestamp();
        Forget(now);
        if (_tries.Count == Most)
        {
            return null;
        }

        TimeSpan pause = _tries.Count > 0 && time.GetElapsedTime(_last, now) <= Longest + _next ? _next : Shortest;
        _next = pause < Longest / 2 ? pause * 2 : Longest;
        _last = now;
        _tries.Enqueue(now);
        return pause;
    }

    private void Forget(long now)
    {
        while (_tries.TryPeek(out long oldest) && time.GetElapsedTime(oldest, now) >= Period)
        {
            _tries.Dequeue();
        }
    }
}
