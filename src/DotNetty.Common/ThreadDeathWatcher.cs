#nullable disable
namespace DotNetty.Common;

/// <summary>
/// Runs a task when a thread has ended. A background thread looks once a second, as long as there is a thread to look at, and ends when there is none.
/// </summary>
public static class ThreadDeathWatcher
{
    private static readonly ThreadDeathWatch Shared = new(TimeSpan.FromSeconds(1));

    /// <summary>Runs <paramref name="task"/> on the watcher's thread once <paramref name="thread"/> has ended.</summary>
    /// <exception cref="ArgumentException">The thread does not run: it has not been started, or has ended.</exception>
    public static void Watch(Thread thread, Action task) => Shared.Watch(thread, task);

    /// <summary>Takes back one <see cref="Watch"/> of the same thread and task; none is not an error.</summary>
    public static void Unwatch(Thread thread, Action task) => Shared.Unwatch(thread, task);

    /// <summary>Waits until nothing is watched and the watcher's thread has ended.</summary>
    /// <returns>False when <paramref name="timeout"/> has passed first.</returns>
    public static bool AwaitInactivity(TimeSpan timeout) => Shared.AwaitInactivity(timeout);
}
