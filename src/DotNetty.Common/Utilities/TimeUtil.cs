namespace DotNetty.Common.Utilities;

/// <summary>Spans of time.</summary>
public static class TimeUtil
{
    /// <summary>The time since the system started. Never goes back.</summary>
    public static TimeSpan GetSystemTime() => TimeSpan.FromMilliseconds(Environment.TickCount64);

    public static TimeSpan Max(TimeSpan t1, TimeSpan t2) => t1 > t2 ? t1 : t2;
}
