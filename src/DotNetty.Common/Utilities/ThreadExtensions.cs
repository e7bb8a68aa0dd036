#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>Waiting for threads.</summary>
public static class ThreadExtensions
{
    /// <summary>Waits until the thread has ended.</summary>
    /// <returns>False when <paramref name="timeout"/> passed before.</returns>
    public static bool Join(this Thread thread, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(thread);
        return thread.Join(timeout);
    }
}
