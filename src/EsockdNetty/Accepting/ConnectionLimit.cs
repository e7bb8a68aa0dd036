using EsockdNetty.Connections;

namespace EsockdNetty.Accepting;

/// <summary>
/// An exact count of live connections over all loops, and how many there may be. Several gates, also of several listeners, may share one. Any thread.
/// </summary>
public sealed class ConnectionLimit : IPermitSource
{
    private readonly Lock _gate = new();
    private readonly LinkedList<IPermitWaiter> _waiters = new();
    private int _limit;
    private int _count;

    /// <summary>A limit of at least 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public ConnectionLimit(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        _limit = limit;
    }

    /// <summary>
    /// Connections above which no more are let in, at least 1. A change holds at once: raising it lets waiters in, lowering it keeps the living.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Limit
    {
        get => Volatile.Read(ref _limit);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ChangeLimit(value);
        }
    }

    /// <summary>Permits taken: one for each live connection, and those for the accepts that a waiting listener has under way.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Takes a permit if one is free.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            return TakeIfFree();
        }
    }

    /// <summary>Takes as many permits as are free, <paramref name="most"/> at most.</summary>
    /// <returns>How many were taken.</returns>
    public int TakeUpTo(int most)
    {
        lock (_gate)
        {
            int taken = Math.Clamp(_limit - _count, 0, Math.Max(0, most));
            Volatile.Write(ref _count, _count + taken);
            return taken;
        }
    }

    /// <summary>Gives a permit back; the one who has waited longest gets it.</summary>
    /// <exception cref="InvalidOperationException">None is taken.</exception>
    public void Release()
    {
        IPermitWaiter? next;
        lock (_gate)
        {
            if (_count == 0)
            {
                throw new InvalidOperationException("A permit was given back that nobody had taken.");
            }

            Volatile.Write(ref _count, _count - 1);
            next = TakeForWaiter();
        }

        next?.OnPermit();
    }

    /// <summary>Gives several permits back.</summary>
    internal void Release(int count)
    {
        while (count-- > 0)
        {
            Release();
        }
    }

    /// <summary>Takes a permit, or has <paramref name="waiter"/> told when one is free, after all who wait already.</summary>
    /// <returns>True when it was taken at once.</returns>
    internal bool TakeOrWait(IPermitWaiter waiter)
    {
        lock (_gate)
        {
            if (TakeIfFree())
            {
                return true;
            }

            _waiters.AddLast(waiter);
            return false;
        }
    }

    /// <summary>Ends a wait.</summary>
    /// <returns>False when the permit has been given, or is on its way.</returns>
    internal bool Withdraw(IPermitWaiter waiter)
    {
        lock (_gate)
        {
            return _waiters.Remove(waiter);
        }
    }

    private void ChangeLimit(int limit)
    {
        lock (_gate)
        {
            Volatile.Write(ref _limit, limit);
        }

        while (NextWaiter() is { } waiter)
        {
            waiter.OnPermit();
        }
    }

    private IPermitWaiter? NextWaiter()
    {
        lock (_gate)
        {
            return TakeForWaiter();
        }
    }

    // While somebody waits no permit is free: it is handed over, so nobody passes by.
    private IPermitWaiter? TakeForWaiter()
    {
        if (_waiters.First is not { } first || !TakeIfFree())
        {
            return null;
        }

        _waiters.RemoveFirst();
        return first.Value;
    }

    private bool TakeIfFree()
    {
        if (_count >= _limit)
        {
            return false;
        }

        Volatile.Write(ref _count, _count + 1);
        return true;
    }
}
