using DotNetty.Common;

namespace EsockdNetty.Connections.Deadlines;

/// <summary>When its owner is to be told, and where that stands; changed by <see cref="LoopDeadlines"/> alone.</summary>
internal struct Deadline
{
    public PreciseTimeSpan At;
    public int QueuePosition;

    /// <summary>True from when it is set until it is reached or cleared.</summary>
    public readonly bool IsSet => QueuePosition > 0;
}
