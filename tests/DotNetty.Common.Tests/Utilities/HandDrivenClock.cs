namespace DotNetty.Common.Tests.Utilities;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class HandDrivenClock : TimeProvider
{
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _now, by.Ticks);
}
