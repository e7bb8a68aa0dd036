using System.Diagnostics.CodeAnalysis;

namespace DotNetty.Common.Utilities;

/// <summary>
/// The wheel itself, without clock and thread: buckets by tick, a timeout beyond one turn waits in its bucket for its turn. Adding and cancelling cost
/// the same however many wait, from any thread; one thread turns it.
/// </summary>
internal sealed class TimerWheel
{
    private const int KeptCapacity = 1024;

    private readonly WheelBucket[] _buckets;
    private readonly Queue<WheelTimeout> _expired = new();
    private long _tick = -1;
    private long _pending;

    /// <param name="size">Ticks in a turn, rounded up to a power of two.</param>
    public TimerWheel(int size)
    {
        _buckets = new WheelBucket[IntegerExtensions.RoundUpToPowerOfTwo(size)];
        for (int i = 0; i < _buckets.Length; i++)
            _buckets[i] = new WheelBucket();
    }

    /// <summary>Timeouts that wait, and those just being added.</summary>
    public long Pending => Interlocked.Read(ref _pending);

    /// <summary>Takes a place among at most <paramref name="limit"/> for a timeout that is about to be added.</summary>
    public bool TryReserve(long limit)
    {
        if (Interlocked.Increment(ref _pending) <= limit)
            return true;

        GiveBack();
        return false;
    }

    /// <summary>Gives back the place of a timeout that was not added, was cancelled or has expired.</summary>
    public void GiveBack() => Interlocked.Decrement(ref _pending);

    /// <summary>Adds a timeout for <paramref name="tick"/>, or for the next that is still to come.</summary>
    /// <exception cref="ObjectDisposedException">The wheel was emptied for good.</exception>
    public void Add(WheelTimeout timeout, long tick)
    {
        timeout.Tick = tick;
        while (!BucketOf(timeout.Tick).TryAdd(timeout))
            timeout.Tick++;
    }

    /// <summary>Goes on to <paramref name="tick"/>, each tick in between included, and lays out what expired.</summary>
    public void TurnTo(long tick)
    {
        int before = _expired.Count;

        // After more than a turn one look at each bucket finds everything that is due.
        for (long next = Math.Max(_tick + 1, tick - _buckets.Length + 1); next <= tick; next++)
            BucketOf(next).Sweep(next, _expired);

        _tick = Math.Max(_tick, tick);
        Interlocked.Add(ref _pending, before - _expired.Count);
    }

    public bool TryTakeExpired([MaybeNullWhen(false)] out WheelTimeout timeout)
    {
        if (_expired.TryDequeue(out timeout))
            return true;

        // What one burst needed is not kept for the next.
        if (_expired.Capacity > KeptCapacity)
            _expired.TrimExcess(0);
        return false;
    }

    /// <summary>Empties the wheel for good.</summary>
    public ISet<ITimeout> Close()
    {
        var unprocessed = new HashSet<ITimeout>();
        foreach (WheelBucket bucket in _buckets)
            bucket.Close(unprocessed);
        return unprocessed;
    }

    private WheelBucket BucketOf(long tick) => _buckets[tick & (_buckets.Length - 1)];
}
