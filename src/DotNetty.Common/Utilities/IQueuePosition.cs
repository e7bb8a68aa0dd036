namespace DotNetty.Common.Utilities;

/// <summary>An item of a <see cref="PriorityQueue{T}"/> that remembers where it stands, so that the queue need not. An item is in one queue at a time.</summary>
public interface IQueuePosition
{
    /// <summary>Kept by the queue: 0 outside of it. Not to be changed by anybody else.</summary>
    int QueuePosition { get; set; }
}
