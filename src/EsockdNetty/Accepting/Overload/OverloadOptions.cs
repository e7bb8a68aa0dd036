namespace EsockdNetty.Accepting.Overload;

/// <summary>When a server takes no new connections because it cannot cope with those it has. Those it has live on.</summary>
public sealed class OverloadOptions
{
    /// <summary>How long a loop's round may take, and so whatever waits for that loop. Default: 1 s; 10 ms to 1 minute; null: not judged.</summary>
    public TimeSpan? LoopLag { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a loop must lag like that before newcomers are refused. Default: 3 s; up to 10 minutes. It ends with the first second without.</summary>
    public TimeSpan LoopLagFor { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The share of the memory limit, above 0 and up to 1, above which newcomers are refused. Default: 0.85; null: not judged.</summary>
    public double? MemoryHigh { get; set; } = 0.85;

    /// <summary>The share of the memory limit below which they are let in again, up to <see cref="MemoryHigh"/>. Default: 0.75.</summary>
    public double MemoryLow { get; set; } = 0.75;

    /// <summary>
    /// The application's own judgement: a reason to refuse newcomers, or null. Asked once a second on a thread of the pool, so it must not take
    /// long; while it throws it counts as no reason. Default: null, none.
    /// </summary>
    public Func<string?>? Reason { get; set; }

    internal void Validate(OptionFaults faults)
    {
        if (LoopLag is { } lag && (lag < TimeSpan.FromMilliseconds(10) || lag > TimeSpan.FromMinutes(1)))
        {
            faults.Add("Overload:LoopLag", lag, "use 10 ms to 1 minute, or null not to judge it");
        }

        if (LoopLagFor < TimeSpan.Zero || LoopLagFor > TimeSpan.FromMinutes(10))
        {
            faults.Add("Overload:LoopLagFor", LoopLagFor, "use a time from zero to 10 minutes");
        }

        ValidateMemory(faults);
    }

    internal OverloadOptions Copy() => (OverloadOptions)MemberwiseClone();

    private void ValidateMemory(OptionFaults faults)
    {
        if (MemoryHigh is not { } high)
        {
            return;
        }

        if (high is not (> 0 and <= 1))
        {
            faults.Add("Overload:MemoryHigh", high, "use a share above 0 and up to 1, or null not to judge it");
        }
        else if (!(MemoryLow > 0 && MemoryLow <= high))
        {
            faults.Add("Overload:MemoryLow", MemoryLow, "use a share above 0 and up to Overload:MemoryHigh");
        }
    }
}
