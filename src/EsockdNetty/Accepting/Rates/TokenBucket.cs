using System.Numerics;
using EsockdNetty.Connections;

namespace EsockdNetty.Accepting.Rates;

/// <summary>
/// A bucket of tokens, one for each connection: full at first, filled again at an even pace, and never above its capacity. Several listeners may
/// share one; those that wait are served in the order they came, and each can have a token in hand before its client comes. The count is exact,
/// also over years. Any thread.
/// </summary>
public sealed partial class TokenBucket : IConnectionRateLimiter, IRatePermit
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private ConnectionRate _rate;

    // A token is worth _period; each tick of the clock brings the capacity's worth of credit, so that nothing is ever rounded.
    private long _period;
    private Int128 _credit;
    private long _creditedAt;
    private int _reserved;
    private int _listeners;

    /// <summary>A full bucket of <see cref="ConnectionRate.Count"/> tokens. The clock is the system's monotonic one unless another is given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count of less than 1, or a period that is not above zero or longer than 24 days.</exception>
    public TokenBucket(ConnectionRate rate, TimeProvider? time = null)
    {
        Check(rate);
        _time = time ?? TimeProvider.System;
        _rate = rate;
        _period = TicksOf(rate.Period);
        _credit = Capacity(rate, _period);
        _creditedAt = _time.GetTimestamp();
    }

    /// <summary>
    /// The rate. A change holds at once, also for those who wait: the share of the bucket that is filled stays the same, so half of 100 tokens
    /// becomes half of 10, an empty one stays empty and a full one full.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A count of less than 1, or a period that is not above zero or longer than 24 days.</exception>
    public ConnectionRate Rate
    {
        get => Volatile.Read(ref _rate);
        set
        {
            Check(value);
            Change(value);
            ServeWaiters();
        }
    }

    /// <summary>Whole tokens that can be taken now.</summary>
    public int Available
    {
        get
        {
            lock (_gate)
            {
                Fill();
                return (int)(_credit / _period);
            }
        }
    }

    string IConnectionRateLimiter.Limit => Rate.ToString();

    /// <summary>Takes a token if there is one and nobody waits for it.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            return _waiters.Count == 0 && Take();
        }
    }

    /// <summary>Puts back a token that was taken by <see cref="TryTake"/> and not needed. A full bucket stays full.</summary>
    public void Refund()
    {
        lock (_gate)
        {
            PutBack();
        }

        ServeWaiters();
    }

    void IConnectionRateLimiter.Join()
    {
        lock (_gate)
        {
            Fill();
            _listeners++;
        }
    }

    void IConnectionRateLimiter.Leave()
    {
        lock (_gate)
        {
            Fill();
            _listeners--;
        }
    }

    IRatePermit? IConnectionRateLimiter.TryTake()
    {
        lock (_gate)
        {
            return _waiters.Count == 0 ? Reserve() : null;
        }
    }

    // While a permit is out its token has its place in the bucket: a listener that waits for clients with one in hand must not be one ahead.
    IPermitSource? IRatePermit.Use()
    {
        lock (_gate)
        {
            Fill();
            _reserved--;
            return null;
        }
    }

    void IRatePermit.Return() => Refund();

    void IRatePermit.Refund()
    {
        lock (_gate)
        {
            _reserved--;
            PutBack();
        }

        ServeWaiters();
    }

    private static void Check(ConnectionRate rate)
    {
        ArgumentNullException.ThrowIfNull(rate);
        ArgumentOutOfRangeException.ThrowIfLessThan(rate.Count, 1, nameof(rate));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(rate.Period, TimeSpan.Zero, nameof(rate));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate.Period, ConnectionRate.LongestPeriod, nameof(rate));
    }

    private static Int128 Capacity(ConnectionRate rate, long period) => (Int128)rate.Count * period;

    private TokenBucket? Reserve()
    {
        if (!Take())
        {
            return null;
        }

        _reserved++;
        return this;
    }

    private bool Take()
    {
        Fill();
        if (_credit < _period)
        {
            return false;
        }

        _credit -= _period;
        return true;
    }

    private void PutBack()
    {
        Fill();
        _credit = Int128.Min(_credit + _period, MostCredit());
    }

    private void Fill()
    {
        long now = _time.GetTimestamp();
        if (now > _creditedAt)
        {
            // At most 2^63 ticks by 2^31 tokens.
            _credit = Int128.Min(_credit + ((Int128)(now - _creditedAt) * _rate.Count), MostCredit());
            _creditedAt = now;
        }
    }

    // Listeners with a token in hand and no clients must not keep the others waiting for ever, few as the tokens may be.
    private Int128 MostCredit() => (Int128)Math.Max(_rate.Count - _reserved, _listeners > 1 ? 1 : 0) * _period;

    private void Change(ConnectionRate rate)
    {
        lock (_gate)
        {
            Fill();
            Int128 before = Capacity(_rate, _period);
            Volatile.Write(ref _rate, rate);
            _period = TicksOf(rate.Period);
            BigInteger scaled = (BigInteger)_credit * (BigInteger)Capacity(rate, _period) / (BigInteger)before;
            _credit = Int128.Min((Int128)scaled, MostCredit());
        }
    }

    private long TicksOf(TimeSpan period) => (long)Int128.Max((Int128)period.Ticks * _time.TimestampFrequency / TimeSpan.TicksPerSecond, Int128.One);
}
