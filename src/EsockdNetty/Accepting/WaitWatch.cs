using DotNetty.Common;
using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;
using EsockdNetty.Interop;
using EsockdNetty.Statistics;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Accepting;

/// <summary>
/// Whether a listener waits for permits: from when one of its server channels begins to until none does. Warns once of each such period that lasts
/// longer than 5 s and keeps a client waiting, and tells its end: a slow rate makes a listener wait long after its last client, and nobody minds. One
/// timer a listener, set again only when it is due: rates may make it wait at every accept. Any thread.
/// </summary>
/// <param name="listener">The listener's name.</param>
/// <param name="logger">Where it is told.</param>
/// <param name="isKnockedAt">Whether a client waits at a server channel, null where that is not known; null: the system is asked.</param>
internal sealed partial class WaitWatch(string listener, ILogger logger, Func<IChannel, bool?>? isKnockedAt = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Func<IChannel, bool?> _isKnockedAt = isKnockedAt ?? DescriptorState.HasInput;
    private readonly Lock _gate = new();
    private readonly List<AcceptWait> _waits = [];
    private PreciseTimeSpan _since;
    private bool _timerRuns;
    private bool _isTold;
    private volatile bool _isWaiting;

    /// <summary>True while it waits, from the first moment on.</summary>
    public bool IsWaiting => _isWaiting;

    /// <summary>A wait has begun or ended; on the loop where it did.</summary>
    public void Changed(IEventExecutor executor, AcceptWait wait)
    {
        if (wait.IsOn)
        {
            Begin(executor, wait);
        }
        else if (End(executor, wait) is { } waited)
        {
            Log.WaitsNoMore(logger, listener, waited.TotalSeconds);
        }
    }

    private void Begin(IEventExecutor executor, AcceptWait wait)
    {
        lock (_gate)
        {
            if (_waits.Count == 0)
            {
                _since = executor.Now;
                _isWaiting = true;
            }

            _waits.Add(wait);
            if (!_timerRuns)
            {
                SetTimer(executor, Patience);
            }
        }
    }

    /// <returns>How long the period was, when it is over and was warned of.</returns>
    private TimeSpan? End(IEventExecutor executor, AcceptWait wait)
    {
        lock (_gate)
        {
            _waits.Remove(wait);
            _isWaiting = _waits.Count > 0;
            if (_isWaiting || !_isTold)
            {
                return null;
            }

            _isTold = false;
            return (executor.Now - _since).ToTimeSpan();
        }
    }

    private void SetTimer(IEventExecutor executor, TimeSpan delay)
    {
        _timerRuns = true;
        executor.Schedule(static (watch, executor) => ((WaitWatch)watch!).OnTime((IEventExecutor)executor!), this, executor, delay);
    }

    private void OnTime(IEventExecutor executor)
    {
        AcceptWait? wait;
        TimeSpan waited;
        lock (_gate)
        {
            _timerRuns = false;
            if (!_isWaiting || _isTold)
            {
                return;
            }

            waited = (executor.Now - _since).ToTimeSpan();
            if (waited < Patience)
            {
                SetTimer(executor, Patience - waited);
                return;
            }

            wait = _waits.Find(MayKeepSomebody);
            if (wait is null)
            {
                SetTimer(executor, Patience);
                return;
            }

            _isTold = true;
        }

        // Outside the lock: a slow log must not hold up the other loops.
        Log.Waits(logger, listener, waited.TotalSeconds, wait.Reason.Word(), wait.Limit, AcceptLog.RemedyFor(wait.Reason));
    }

    private bool MayKeepSomebody(AcceptWait wait) => wait.Server is not { } server || _isKnockedAt(server) is not false;

    private static partial class Log
    {
        [LoggerMessage(203, LogLevel.Warning, "Listener {Listener} has waited for a permit for {Seconds:0.#} s and accepts nothing meanwhile: {Reason}, at {Limit}. Remedy: {Remedy}")]
        public static partial void Waits(ILogger logger, string listener, double seconds, string reason, string limit, string remedy);

        [LoggerMessage(204, LogLevel.Information, "Listener {Listener} waits for a permit no more; it had waited for {Seconds:0.#} s")]
        public static partial void WaitsNoMore(ILogger logger, string listener, double seconds);
    }
}
