namespace DotNetty.Common.Concurrency;

/// <summary>A scheduled task as its executor sees it.</summary>
public interface IScheduledRunnable : IRunnable, IScheduledTask, IComparable<IScheduledRunnable>
{
}
