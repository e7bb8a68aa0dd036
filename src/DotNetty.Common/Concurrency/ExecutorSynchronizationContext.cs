namespace DotNetty.Common.Concurrency;

/// <summary>Makes <c>await</c> in a handler resume on its executor.</summary>
internal sealed class ExecutorSynchronizationContext(IEventExecutor executor) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state)
    {
        try
        {
            executor.Execute(static (callback, state) => ((SendOrPostCallback)callback!)(state), d, state);
        }
        catch (RejectedExecutionException)
        {
            // An await that outlives its executor resumes on the pool rather than never.
            ThreadPool.QueueUserWorkItem(static work => work.Callback(work.State), (Callback: d, State: state), preferLocal: false);
        }
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!executor.InEventLoop)
        {
            throw new NotSupportedException("An event loop is never waited for synchronously. Use Post, Execute or SubmitAsync.");
        }

        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
