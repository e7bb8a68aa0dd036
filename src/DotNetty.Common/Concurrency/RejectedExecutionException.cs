#nullable disable
namespace DotNetty.Common.Concurrency;

/// <summary>Work was given to an executor that has ended.</summary>
public class RejectedExecutionException : Exception
{
    public RejectedExecutionException()
        : this("The executor has ended and runs nothing any more.")
    {
    }

    public RejectedExecutionException(string message)
        : base(message)
    {
    }
}
