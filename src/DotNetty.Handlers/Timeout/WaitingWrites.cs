using DotNetty.Common;

namespace DotNetty.Handlers.Timeout;

/// <summary>Writes that were not done at once, oldest first. Writes are done in order, so those that are done stand in front.</summary>
internal sealed class WaitingWrites
{
    private const int KeptCapacity = 16;

    private readonly Queue<(Task Task, PreciseTimeSpan Since)> _writes = new();

    /// <summary>Since when the oldest one waits; null when none does.</summary>
    public PreciseTimeSpan? Oldest
    {
        get
        {
            DropDone();
            return _writes.TryPeek(out (Task Task, PreciseTimeSpan Since) oldest) ? oldest.Since : null;
        }
    }

    public void Add(Task write, PreciseTimeSpan now)
    {
        DropDone();
        _writes.Enqueue((write, now));
    }

    public void Clear() => _writes.Clear();

    private void DropDone()
    {
        while (_writes.TryPeek(out (Task Task, PreciseTimeSpan Since) oldest) && oldest.Task.IsCompleted)
        {
            _writes.Dequeue();
        }

        if (_writes.Count == 0 && _writes.Capacity > KeptCapacity)
        {
            _writes.TrimExcess(KeptCapacity);
        }
    }
}
