using DotNetty.Transport.Channels;
using EsockdNetty.Connections;

namespace EsockdNetty.Draining;

/// <summary>
/// Lets the connections of a listener end: the quiet ones at a pace, spread over most of the time there is, so that their clients do not all
/// come back at once; the busy ones when they are quiet; the rest at the deadline by FIN, and a second later by reset.
/// </summary>
internal sealed class Drain(LiveConnections live, DrainOptions options, TimeProvider time)
{
    private const double PartOfTimeForQuiet = 0.8;

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ResetAfter = TimeSpan.FromSeconds(1);

    private readonly long _start = time.GetTimestamp();
    private readonly HashSet<IChannel> _asked = [];
    private volatile IProgress<DrainProgress>[] _listeners = options.Progress is { } progress ? [progress] : [];
    private CloseReason _reason = options.Timeout == TimeSpan.Zero ? CloseReason.Stopped : CloseReason.Drained;
    private int _atStart;
    private int _told = -1;

    /// <summary>How long from the start to the deadline.</summary>
    public TimeSpan Timeout { get; private set; } = options.Timeout;

    private TimeSpan Elapsed => time.GetElapsedTime(_start);

    private TimeSpan Spread => options.Spread is { } spread && spread < Timeout ? spread : Timeout * (options.Spread is null ? PartOfTimeForQuiet : 1);

    /// <summary>Makes the deadline that of a later demand, if that is sooner, and tells whoever asked of the progress too. One demand at a time.</summary>
    public void Hasten(DrainOptions demand)
    {
        TimeSpan end = Elapsed + demand.Timeout;
        if (demand.Timeout == TimeSpan.Zero)
        {
            _reason = CloseReason.Stopped;
        }

        Timeout = end < Timeout ? end : Timeout;
        if (demand.Progress is { } progress)
        {
            _listeners = [.. _listeners, progress];
        }
    }

    /// <summary>Completes when there is none left. Begun when no more can come: those that waited in the backlog are among them then.</summary>
    public async Task Run()
    {
        _atStart = live.Count;
        Task empty = live.WhenEmpty();
        while (!empty.IsCompleted && Elapsed < Timeout)
        {
            CloseQuiet();
            Tell();
            await empty.WaitAsync(Round, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await CloseAll(empty).ConfigureAwait(false);
    }

    /// <summary>Asks as many connections to end as the pace allows by now.</summary>
    private void CloseQuiet()
    {
        TimeSpan elapsed = Elapsed;
        int due = elapsed >= Spread ? int.MaxValue : (int)Math.Ceiling(_atStart * (elapsed / Spread));
        foreach (Connection connection in live.Connections)
        {
            if (_asked.Count >= due)
            {
                return;
            }

            Ask(connection.Channel);
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

        await empty.WaitAsync(ResetAfter, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (IChannel channel in live.All)
        {
            channel.ResetBecause(_reason);
        }

        await empty.ConfigureAwait(false);
        Tell();
    }

    private void Tell()
    {
        int remaining = live.Count;
        if (remaining == _told)
        {
            return;
        }

        _told = remaining;
        foreach (IProgress<DrainProgress> listener in _listeners)
        {
            TellSafely(listener, new DrainProgress(_atStart, remaining, Elapsed, Timeout));
        }
    }

    private static void TellSafely(IProgress<DrainProgress> listener, DrainProgress progress)
    {
        try
        {
            listener.Report(progress);
        }
        catch (Exception)
        {
            // Whoever watches must not keep a listener from ending; his own fault is his to see.
        }
    }
}
