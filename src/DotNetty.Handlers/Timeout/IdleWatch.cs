using DotNetty.Common;

namespace DotNetty.Handlers.Timeout;

/// <summary>How long one kind of activity has been missing.</summary>
internal sealed class IdleWatch
{
    // Shorter than a loop's round it would only keep the loop busy.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private PreciseTimeSpan _activity;
    private PreciseTimeSpan _since;

    /// <param name="state">What is reported.</param>
    /// <param name="limit">How long activity may be missing; zero and less: for ever.</param>
    public IdleWatch(IdleState state, TimeSpan limit)
    {
        State = state;
        Limit = limit <= TimeSpan.Zero ? TimeSpan.Zero : limit < Shortest ? Shortest : limit;
    }

    public IdleState State { get; }

    /// <summary>Zero when nothing is watched.</summary>
    public TimeSpan Limit { get; }

    public bool Enabled => Limit > TimeSpan.Zero;

    /// <summary>When the limit is reached if nothing happens before.</summary>
    public PreciseTimeSpan Due => _since + Limit;

    /// <summary>True when no idleness has been reported since the last activity.</summary>
    public bool First { get; private set; }

    public void Start(PreciseTimeSpan now)
    {
        _activity = _since = now;
        First = true;
    }

    /// <summary>Takes note of when there was activity last.</summary>
    public void Observe(PreciseTimeSpan activity)
    {
        if (activity <= _activity)
        {
            return;
        }

        _activity = activity;
        _since = activity > _since ? activity : _since;
        First = true;
    }

    /// <summary>Idleness was reported: the next report is a limit away.</summary>
    public void Reported(PreciseTimeSpan now)
    {
        _since = now;
        First = false;
    }
}
