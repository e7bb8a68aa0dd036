namespace EsockdNetty.Accepting.Overload;

/// <summary>Overload while one loop lags too much, sample after sample for some time: every connection given to it would wait.</summary>
internal sealed class LoopLagCheck(Func<IReadOnlyList<LoopLag>> samples, Func<OverloadOptions> options, TimeProvider time) : IOverloadCheck
{
    private readonly Dictionary<string, long> _since = new(StringComparer.Ordinal);

    public string? Judge()
    {
        OverloadOptions now = options();
        if (now.LoopLag is not { } most)
        {
            _since.Clear();
            return null;
        }

        string? reason = null;
        foreach (LoopLag sample in samples())
        {
            reason = Judge(sample, most, now.LoopLagFor) ?? reason;
        }

        return reason;
    }

    private string? Judge(LoopLag sample, TimeSpan most, TimeSpan hold)
    {
        if (sample.Longest <= most)
        {
            _since.Remove(sample.Loop);
            return null;
        }

        long now = time.GetTimestamp();
        if (!_since.TryGetValue(sample.Loop, out long since))
        {
            _since[sample.Loop] = since = now;
        }

        return time.GetElapsedTime(since, now) >= hold
            ? $"loop {sample.Loop} lags {sample.Longest.TotalSeconds:0.0} s, over {most.TotalSeconds:0.0##} s for {hold.TotalSeconds:0.##} s"
            : null;
    }
}
