using System.Diagnostics;
using DotNetty.Transport.Channels;
using EsockdNetty.Connections;

namespace EsockdNetty.Draining;

/// <summary>
/// Lets the connections of a listener end: the quiet ones at a pace, spread over most of the time there is, so that their clients do not all
/// come back at once; the busy ones when they are quiet; the rest at the deadline by FIN, and a second later by reset.
/// </summary>
internal sealed class Drain(LiveConnections live, TimeSpan time)
{
    private const double PartOfTimeForQuiet = 0.8;

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ResetAfter = TimeSpan.FromSeconds(1);

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly int _atStart = live.Count;
    private readonly HashSet<IChannel> _asked = [];
    private CloseReason _reason = time == TimeSpan.Zero ? CloseReason.Stopped : CloseReason.Drained;

    /// <summary>How long from the start to the deadline.</summary>
    public TimeSpan Timeout { get; private set; } = time;

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>Makes the deadline <paramref name="timeout"/> from now, if that is sooner.</summary>
    public void Hasten(TimeSpan timeout)
    {
        TimeSpan end = Elapsed + timeout;
        if (timeout == TimeSpan.Zero)
        {
            _reason = CloseReason.Stopped;
        }

        Timeout = end < Timeout ? end : Timeout;
    }

    public async Task Run()
    {
        Task empty = live.WhenEmpty();
        while (!empty.IsCompleted && Elapsed < Timeout)
        {
            CloseQuiet();
            await Task.WhenAny(empty, Task.Delay(Round)).ConfigureAwait(false);
        }

        await CloseAll(empty).ConfigureAwait(false);
    }

    /// <summary>Asks as many connections to end as the pace allows by now.</summary>
    private void CloseQuiet()
    {
        int due = (int)Math.Ceiling(_atStart * Math.Min(1, Elapsed / (Timeout * PartOfTimeForQuiet)));
        bool all = Elapsed >= Timeout * PartOfTimeForQuiet;
        foreach (IChannel channel in live.All)
        {
            if (!all && _asked.Count >= due)
            {
                return;
            }

            Ask(channel);
        }
    }

    private void Ask(IChannel channel)
    {
        if (channel.Registered && _asked.Add(channel))
        {
            new QuietClose(channel).Start();
        }
    }

    private async Task CloseAll(Task empty)
    {
        foreach (IChannel channel in live.All)
        {
            _ = channel.CloseBecause(_reason);
        }

        await Task.WhenAny(empty, Task.Delay(ResetAfter)).ConfigureAwait(false);
        foreach (IChannel channel in live.All)
        {
            channel.ResetBecause(_reason);
        }

        await empty.ConfigureAwait(false);
    }
}
