using Microsoft.Extensions.Logging;

namespace EsockdNetty.Accepting.Overload;

/// <summary>Follows one loop from sample to sample: how long its rounds take, and whether it turns at all.</summary>
internal sealed partial class LoopWatch(IWatchedLoop loop, ILogger logger)
{
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(1);

    private long _rounds = loop.Rounds;
    private TimeSpan _stuckFor;

    /// <summary>Takes a sample, and warns of a loop that stands still, once for each time it does.</summary>
    public LoopLag Sample()
    {
        TimeSpan running = loop.CurrentRound;
        TimeSpan longest = loop.TakeLongestRound();
        TimeSpan last = loop.LastRound;
        bool turned = loop.Rounds is var rounds && rounds != _rounds;
        _rounds = rounds;
        Watch(running);
        if (running == TimeSpan.Zero && !turned)
        {
            // It waits for work, and whatever comes is served at once.
            return new LoopLag(loop.Name, TimeSpan.Zero, TimeSpan.Zero);
        }

        // A round that has only begun says nothing yet: until it ends it is judged by the one before.
        TimeSpan known = turned ? longest : last;
        return new LoopLag(loop.Name, Max(running, last), Max(running, known));
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void Watch(TimeSpan running)
    {
        if (running >= Stuck)
        {
            if (_stuckFor == TimeSpan.Zero)
            {
                Log.Stuck(logger, loop.Name, running.TotalSeconds, loop.DescribeWork());
            }

            _stuckFor = running;
        }
        else if (_stuckFor > TimeSpan.Zero)
        {
            Log.Turns(logger, loop.Name, _stuckFor.TotalSeconds);
            _stuckFor = TimeSpan.Zero;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(223, LogLevel.Warning, "Loop {Loop} has not turned for {Seconds:0.0} s: all its connections wait. It serves {Work}. Remedy: await what takes long, or run it elsewhere")]
        public static partial void Stuck(ILogger logger, string loop, double seconds, string work);

        [LoggerMessage(224, LogLevel.Information, "Loop {Loop} turns again; it had stood still for {Seconds:0.0} s or more")]
        public static partial void Turns(ILogger logger, string loop, double seconds);
    }
}
