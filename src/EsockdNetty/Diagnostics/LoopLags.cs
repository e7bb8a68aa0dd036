using EsockdNetty.Accepting.Overload;

namespace EsockdNetty.Diagnostics;

/// <summary>
/// How long what waits for a server's loops has had to wait, of the samples that the <see cref="OverloadMonitor"/> takes once a second: off the
/// loops, and of no cost to them.
/// </summary>
internal sealed class LoopLags
{
    private const int Kept = 5;

    private readonly long[] _recent = new long[Kept];
    private int _next;

    /// <summary>Told of each lag that was seen, on a thread of the pool; a loop that had nothing to do is not told of.</summary>
    public Action<TimeSpan>? Seen { get; init; }

    /// <summary>The longest of the last 5 samples. Any thread.</summary>
    public TimeSpan Longest
    {
        get
        {
            long longest = 0;
            foreach (ref long lag in _recent.AsSpan())
            {
                longest = Math.Max(longest, Volatile.Read(ref lag));
            }

            return TimeSpan.FromTicks(longest);
        }
    }

    /// <summary>Takes a sample of all loops; one at a time.</summary>
    public void Take(IReadOnlyList<LoopLag> sample)
    {
        TimeSpan longest = TimeSpan.Zero;
        foreach (LoopLag loop in sample)
        {
            if (loop.Longest > TimeSpan.Zero)
            {
                Seen?.Invoke(loop.Longest);
                longest = loop.Longest > longest ? loop.Longest : longest;
            }
        }

        Volatile.Write(ref _recent[_next++ % Kept], longest.Ticks);
    }
}
