using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Connections.Budget;

/// <summary>One loop's part in a <see cref="BufferBudget"/>: its connections that are not read, and the one that holds most.</summary>
internal sealed class BudgetLoop(IEventExecutor executor, Func<IEnumerable<IChannel>> channels)
{
    // On the loop only.
    private readonly HashSet<IChannelHandlerContext> _withheld = [];
    private Holder? _largest;

    public IEventExecutor Executor => executor;

    /// <summary>Remembers a connection whose <c>Read</c> did not pass. On the loop.</summary>
    public void Withhold(IChannelHandlerContext stage) => _withheld.Add(stage);

    /// <summary>On the loop.</summary>
    /// <returns>True when its <c>Read</c> had not passed.</returns>
    public bool Forget(IChannelHandlerContext stage) => _withheld.Count > 0 && _withheld.Remove(stage);

    /// <summary>Has the loop look for the connection that holds most; any thread.</summary>
    public void BeginSurvey() => Execute(static loop => loop.Survey());

    /// <summary>The answer to the last survey, once; null when there is none yet, or nobody holds anything.</summary>
    public Holder? TakeLargest() => Interlocked.Exchange(ref _largest, null);

    /// <summary>Lets the stages judge again those whose <c>Read</c> did not pass; any thread.</summary>
    public void Resume() => Execute(static loop => loop.ReadAgain());

    private void Execute(Action<BudgetLoop> action)
    {
        try
        {
            executor.Execute(static (action, loop) => ((Action<BudgetLoop>)action!)((BudgetLoop)loop!), action, this);
        }
        catch (RejectedExecutionException)
        {
            // A loop that has ended has no connections.
        }
    }

    private void Survey()
    {
        Holder? largest = null;
        foreach (IChannel channel in channels())
        {
            if (channel is AbstractChannel { Open: true, CloseListener: ConnectionLease }
                && ConnectionStorage.Of(channel) is > 0 and var bytes && bytes > (largest?.Bytes ?? 0))
            {
                largest = new Holder(channel, bytes);
            }
        }

        Volatile.Write(ref _largest, largest);
    }

    private void ReadAgain()
    {
        IChannelHandlerContext[] stages = [.. _withheld];
        _withheld.Clear();
        foreach (IChannelHandlerContext stage in stages)
        {
            ((BufferBudgetHandler)stage.Handler).Resume(stage);
        }
    }

    internal sealed record Holder(IChannel Channel, long Bytes);
}
