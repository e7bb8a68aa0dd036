namespace EsockdNetty.Accepting.Overload;

/// <summary>Overload from when memory in use passes the higher share of its limit until it is below the lower one.</summary>
internal sealed class MemoryCheck(IMemoryProbe probe, Func<OverloadOptions> options) : IOverloadCheck
{
    private const double Mebibyte = 1024 * 1024;

    private string? _reason;

    public string? Judge()
    {
        OverloadOptions now = options();
        if (now.MemoryHigh is not { } high)
        {
            return _reason = null;
        }

        // A system that does not tell for a moment says neither yes nor no.
        if (probe.Read() is not { Limit: > 0 } reading)
        {
            return _reason;
        }

        double share = (double)reading.Used / reading.Limit;
        bool isOver = _reason is null ? share > high : share >= now.MemoryLow;
        return _reason = isOver
            ? FormattableString.Invariant($"memory in use is {reading.Used / Mebibyte:0} MiB, {share:P1} of {reading.Limit / Mebibyte:0} MiB; over {high:P0} until below {now.MemoryLow:P0}")
            : null;
    }
}
