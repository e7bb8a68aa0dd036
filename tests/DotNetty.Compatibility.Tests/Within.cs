namespace DotNetty.Compatibility.Tests;

/// <summary>The guard of tests that wait for something another thread or program does.</summary>
internal static class Within
{
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    /// <summary>All builds of the packaging tests together, on a busy machine.</summary>
    public static readonly TimeSpan Builds = TimeSpan.FromMinutes(5);

    public static Task Reached(Task task) => task.WaitAsync(Guard);

    public static Task<T> Reached<T>(Task<T> task) => task.WaitAsync(Guard);
}
