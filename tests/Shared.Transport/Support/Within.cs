namespace DotNetty.Transport.TestSupport;

/// <summary>The guard of tests that wait for something another thread does.</summary>
public static class Within
{
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    public static Task Reached(Task task) => task.WaitAsync(Guard);

    public static Task<T> Reached<T>(Task<T> task) => task.WaitAsync(Guard);
}
