using DotNetty.Common;

namespace EsockdNetty.Connections.Traffic;

/// <summary>What may still be received: full at first, filled again as time passes, below zero after more came than could be known before.</summary>
internal struct TrafficLevel
{
    private static readonly double TicksPerSecond = PreciseTimeSpan.FromTimeSpan(TimeSpan.FromSeconds(1)).Ticks;

    private double _tokens;
    private long _filledAt;
    private bool _isLimited;

    /// <summary>Brings it up to <paramref name="now"/>; without a rate there is no end of it.</summary>
    public double Fill(TrafficRate? rate, PreciseTimeSpan now)
    {
        if (rate is null)
        {
            _isLimited = false;
            return double.PositiveInfinity;
        }

        double passed = _isLimited ? Math.Max(0, now.Ticks - _filledAt) / TicksPerSecond * rate.PerSecond : rate.Most - _tokens;
        _tokens = Math.Min(_tokens + passed, rate.Most);
        _filledAt = _isLimited ? Math.Max(_filledAt, now.Ticks) : now.Ticks;
        _isLimited = true;
        return _tokens;
    }

    /// <summary>Takes tokens, whether there are any or not; gives them back where <paramref name="count"/> is negative.</summary>
    public void Take(double count)
    {
        if (_isLimited)
        {
            _tokens -= count;
        }
    }

    /// <summary>How long until there is a token.</summary>
    public readonly TimeSpan UntilNext(TrafficRate rate) => TimeSpan.FromSeconds(Math.Min(Math.Max(0, 1 - _tokens) / rate.PerSecond, 3600));
}
