#nullable disable
using System.Runtime.CompilerServices;

namespace DotNetty.Common.Concurrency;

/// <summary>Work that waits for its time.</summary>
public interface IScheduledTask
{
    /// <summary>When the work is due, on its executor's clock.</summary>
    PreciseTimeSpan Deadline { get; }

    /// <summary>Completes with the work; cancelled when the work was cancelled.</summary>
    Task Completion { get; }

    /// <summary>Takes the work back.</summary>
    /// <returns>False when it ran, or was cancelled, before.</returns>
    bool Cancel();

    TaskAwaiter GetAwaiter();
}
