using DotNetty.Common.Utilities;

namespace EsockdNetty.Connections.Deadlines;

/// <summary>Something that waits for one time at a time, again and again.</summary>
internal interface IDeadlineOwner : IQueuePosition
{
    /// <summary>Where it keeps its deadline.</summary>
    ref Deadline Deadline { get; }

    int IQueuePosition.QueuePosition
    {
        get => Deadline.QueuePosition;
        set => Deadline.QueuePosition = value;
    }

    /// <summary>The deadline is reached, and not set any more.</summary>
    void OnDeadline();
}
