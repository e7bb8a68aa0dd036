namespace EsockdNetty.Draining;

/// <summary>
/// How a listener lets its connections end. Who waits in the backlog is served first, as far as limits go: where connections over a limit wait
/// (<see cref="Accepting.OverLimit.Wait"/>), those over it are reset when the listening socket is closed.
/// </summary>
public sealed class DrainOptions
{
    /// <summary>The deadline from now, at which those left are closed by FIN, and a second later by reset. Zero closes all at once. Default: 10 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The time over which the closes of quiet connections are spread, so that their clients do not all come back at once; no more than
    /// <see cref="Timeout"/> counts. Zero closes whatever is quiet. Default: null, 80 % of the deadline.
    /// </summary>
    public TimeSpan? Spread { get; set; }

    /// <summary>Told when the number of connections left has changed, at most fifty times a second, and at the end. Default: nobody.</summary>
    public IProgress<DrainProgress>? Progress { get; set; }

    internal DrainOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Spread ?? TimeSpan.Zero, TimeSpan.Zero, nameof(Spread));
        return (DrainOptions)MemberwiseClone();
    }
}
