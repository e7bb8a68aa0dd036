namespace EsockdNetty.Accepting.Addresses;

/// <summary>The time since it was made, in ticks of 100 ns: never negative, and no setting of the system's clock moves it.</summary>
internal sealed class MonotonicClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    public long Ticks => time.GetElapsedTime(_start).Ticks;
}
