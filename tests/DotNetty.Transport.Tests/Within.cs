namespace DotNetty.Transport.Tests;

/// <summary>The guard of tests that wait for something another thread does.</summary>
internal static class Within
{
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    public static Task Reached(Task task) => task.WaitAsync(Guard);

    public static Task<T> Reached<T>(Task<T> task) => task.WaitAsync(Guard);
}
