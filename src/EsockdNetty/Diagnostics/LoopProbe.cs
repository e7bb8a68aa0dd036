using DotNetty.Common.Concurrency;

namespace EsockdNetty.Diagnostics;

/// <summary>What can be asked of a loop from outside. Any thread.</summary>
/// <param name="Rounds">Rounds that have ended.</param>
/// <param name="LastRound">How long the last of them took.</param>
/// <param name="HasWork">Something is queued.</param>
internal sealed record LoopProbe(Func<long> Rounds, Func<TimeSpan> LastRound, Func<bool> HasWork)
{
    public static LoopProbe Of(SingleThreadEventExecutor loop) => new(() => loop.Rounds, () => loop.Lag, () => !loop.IsBacklogEmpty);
}
