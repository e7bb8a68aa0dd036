namespace EsockdNetty.Tests.Support;

/// <summary>Waits for what other threads are about to do.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    public static void Equal<T>(T expected, Func<T> actual)
    {
        T last = expected;
        SpinWait.SpinUntil(() => EqualityComparer<T>.Default.Equals(expected, last = actual()), Guard);
        Assert.Equal(expected, last);
    }
}
