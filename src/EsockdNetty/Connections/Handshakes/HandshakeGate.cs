using System.Runtime.CompilerServices;
using DotNetty.Common.Concurrency;
using DotNetty.Handlers.Tls;
using EsockdNetty.Accepting;

namespace EsockdNetty.Connections.Handshakes;

/// <summary>
/// Gives the handshakes of all listeners that share it their turns: so many steps a round on each loop, the rest in the order they came, so that
/// established connections are served in between. Any thread.
/// </summary>
public sealed class HandshakeGate : IHandshakeTurns
{
    private readonly ConditionalWeakTable<IEventExecutor, LoopTurns> _loops = [];
    private HandshakeLimit _limit;
    private int _waiting;

    /// <summary>A gate at <paramref name="limit"/>; at the defaults when it is null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of less than 1.</exception>
    public HandshakeGate(HandshakeLimit? limit = null)
    {
        _limit = Check(limit ?? new HandshakeLimit());
        Slots = new ConnectionLimit(_limit.Slots ?? int.MaxValue);
    }

    /// <summary>The limit. A change holds at once; steps under way go on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number of less than 1.</exception>
    public HandshakeLimit Limit
    {
        get => Volatile.Read(ref _limit);
        set
        {
            Volatile.Write(ref _limit, Check(value));
            Slots.Limit = value.Slots ?? int.MaxValue;
        }
    }

    /// <summary>Steps under way.</summary>
    public int Active => Slots.Count;

    /// <summary>Steps that wait for their turn.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    internal ConnectionLimit Slots { get; }

    /// <inheritdoc/>
    public bool TryBegin(IEventExecutor executor, IHandshakeStep step)
    {
        ArgumentNullException.ThrowIfNull(executor);
        ArgumentNullException.ThrowIfNull(step);
        if (!_loops.TryGetValue(executor, out LoopTurns? turns))
        {
            turns = _loops.GetValue(executor, executor => new LoopTurns(this, executor));
        }

        return turns.TryBegin(step);
    }

    /// <inheritdoc/>
    public void End() => Slots.Release();

    internal void CountWaiting(int more) => Interlocked.Add(ref _waiting, more);

    private static HandshakeLimit Check(HandshakeLimit limit)
    {
        ArgumentNullException.ThrowIfNull(limit);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit.StepsPerRound, 1, nameof(limit));
        ArgumentOutOfRangeException.ThrowIfLessThan(limit.Slots ?? 1, 1, nameof(limit));
        return limit;
    }
}
