#nullable disable
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels;

/// <summary>The way to the channel's loop from any thread, also where there is none yet, or none any more.</summary>
public abstract partial class AbstractChannel
{
    /// <summary>Runs <paramref name="action"/> on the channel's loop: now, if this is it.</summary>
    private protected void OnLoop(Action<AbstractChannel> action)
    {
        if (_pipeline.InEventLoop)
        {
            action(this);
        }
        else
        {
            Later(action);
        }
    }

    /// <summary>Tells the loop that this channel is the one it serves from here on; transports call it once an event.</summary>
    private protected void BeServed() => (_eventLoop as SingleThreadEventExecutor)?.Serve(this);

    private void Later(Action<AbstractChannel> action)
    {
        if (_eventLoop is not { } loop)
        {
            action(this);
            return;
        }

        try
        {
            loop.Execute(static (action, channel) => ((Action<AbstractChannel>)action)((AbstractChannel)channel), action, this);
        }
        catch (RejectedExecutionException)
        {
            LaterThanTheLoop(loop, action);
        }
    }

    // A loop that has ended cannot act for the channel any more; one that is just ending closes its channels itself, and nobody may come between.
    private void LaterThanTheLoop(IEventLoop loop, Action<AbstractChannel> action)
    {
        if (loop.IsTerminated || loop.InEventLoop)
        {
            action(this);
        }
        else
        {
            loop.TerminationCompletion.ContinueWith(
                _ => action(this), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
