#nullable disable
using System.Diagnostics;

namespace DotNetty.Common;

/// <summary>A span of monotonic time in ticks of <see cref="Stopwatch"/>; what would be beyond its range is its end.</summary>
public readonly struct PreciseTimeSpan : IComparable<PreciseTimeSpan>, IEquatable<PreciseTimeSpan>
{
    public static readonly PreciseTimeSpan Zero = new(0);
    public static readonly PreciseTimeSpan MinusOne = new(-1);

    private static readonly long StartTime = Stopwatch.GetTimestamp();
    private static readonly double TicksPerTimeSpanTick = (double)Stopwatch.Frequency / TimeSpan.TicksPerSecond;

    // Every platform in use counts a whole number of its ticks to 100 ns; 0 where one did not.
    private static readonly long WholeTicksPerTimeSpanTick = Stopwatch.Frequency % TimeSpan.TicksPerSecond == 0 ? Stopwatch.Frequency / TimeSpan.TicksPerSecond : 0;

    private PreciseTimeSpan(long ticks) => Ticks = ticks;

    /// <summary>The time since the process first asked. Never goes back.</summary>
    public static PreciseTimeSpan FromStart => new(Stopwatch.GetTimestamp() - StartTime);

    /// <summary>Ticks of <see cref="Stopwatch.Frequency"/> a second.</summary>
    public long Ticks { get; }

    public static bool operator ==(PreciseTimeSpan t1, PreciseTimeSpan t2) => t1.Ticks == t2.Ticks;

    public static bool operator !=(PreciseTimeSpan t1, PreciseTimeSpan t2) => t1.Ticks != t2.Ticks;

    public static bool operator >(PreciseTimeSpan t1, PreciseTimeSpan t2) => t1.Ticks > t2.Ticks;

    public static bool operator <(PreciseTimeSpan t1, PreciseTimeSpan t2) => t1.Ticks < t2.Ticks;

    public static bool operator >=(PreciseTimeSpan t1, PreciseTimeSpan t2) => t1.Ticks >= t2.Ticks;

    public static bool operator <=(PreciseTimeSpan t1, PreciseTimeSpan t2) => t1.Ticks <= t2.Ticks;

    public static PreciseTimeSpan operator +(PreciseTimeSpan t, TimeSpan duration) => t.Plus(ToPreciseTicks(duration));

    public static PreciseTimeSpan operator -(PreciseTimeSpan t, TimeSpan duration) => t.Minus(ToPreciseTicks(duration));

    public static PreciseTimeSpan operator -(PreciseTimeSpan t1, PreciseTimeSpan t2) => t1.Minus(t2.Ticks);

    /// <summary>From ticks of <see cref="Stopwatch"/>.</summary>
    public static PreciseTimeSpan FromTicks(long ticks) => new(ticks);

    public static PreciseTimeSpan FromTimeSpan(TimeSpan timeSpan) => new(ToPreciseTicks(timeSpan));

    /// <summary>The time that is <paramref name="deadline"/> from now.</summary>
    public static PreciseTimeSpan Deadline(TimeSpan deadline) => FromStart + deadline;

    /// <summary>The time that is <paramref name="deadline"/> from now.</summary>
    public static PreciseTimeSpan Deadline(PreciseTimeSpan deadline) => FromStart.Plus(deadline.Ticks);

    public TimeSpan ToTimeSpan() =>
        new(WholeTicksPerTimeSpanTick > 0 ? Ticks / WholeTicksPerTimeSpanTick : (long)(Ticks / TicksPerTimeSpanTick));

    public int CompareTo(PreciseTimeSpan other) => Ticks.CompareTo(other.Ticks);

    public bool Equals(PreciseTimeSpan other) => Ticks == other.Ticks;

    public override bool Equals(object obj) => obj is PreciseTimeSpan other && Equals(other);

    public override int GetHashCode() => Ticks.GetHashCode();

    private static long ToPreciseTicks(TimeSpan timeSpan)
    {
        var factor = WholeTicksPerTimeSpanTick;
        if (factor > 0 && Math.Abs((double)timeSpan.Ticks) < long.MaxValue / factor)
            return timeSpan.Ticks * factor;

        // A cast from floating point stops at the ends of the range.
        return (long)(timeSpan.Ticks * TicksPerTimeSpanTick);
    }

    private PreciseTimeSpan Plus(long ticks)
    {
        var sum = unchecked(Ticks + ticks);
        return new(((Ticks ^ sum) & (ticks ^ sum)) < 0 ? End(Ticks) : sum);
    }

    private PreciseTimeSpan Minus(long ticks)
    {
        var difference = unchecked(Ticks - ticks);
        return new(((Ticks ^ ticks) & (Ticks ^ difference)) < 0 ? End(Ticks) : difference);
    }

    private static long End(long sign) => sign < 0 ? long.MinValue : long.MaxValue;
}
