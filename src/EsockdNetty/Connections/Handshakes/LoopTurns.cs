using DotNetty.Common.Concurrency;
using DotNetty.Handlers.Tls;
using EsockdNetty.Accepting;

namespace EsockdNetty.Connections.Handshakes;

/// <summary>The turns of one loop, touched on it alone. What waits goes on in the loop's next round, behind the I/O and the tasks that are there by then.</summary>
internal sealed class LoopTurns(HandshakeGate gate, IEventExecutor executor) : IPermitWaiter
{
    private readonly Queue<IHandshakeStep> _waiting = new();
    private readonly SingleThreadEventExecutor? _rounds = executor as SingleThreadEventExecutor;
    private long _round = -1;
    private int _begun;
    private bool _isScheduled;
    private bool _waitsForSlot;
    private bool _hasSlot;

    /// <summary>Begins a step, or keeps it until it is its turn.</summary>
    public bool TryBegin(IHandshakeStep step)
    {
        if (_waiting.Count == 0 && HasTurn() && gate.Slots.TryTake())
        {
            _begun++;
            return true;
        }

        _waiting.Enqueue(step);
        gate.CountWaiting(1);
        ServeNextRound();
        return false;
    }

    void IPermitWaiter.OnPermit()
    {
        try
        {
            executor.Execute(static turns => ((LoopTurns)turns!).OnSlot(), this);
        }
        catch (RejectedExecutionException)
        {
            // The loop has ended, and its handshakes with it.
            gate.Slots.Release();
        }
    }

    private void OnSlot()
    {
        _waitsForSlot = false;
        _hasSlot = true;
        Serve();
    }

    private void Serve()
    {
        try
        {
            while (_waiting.Count > 0 && HasTurn() && TakeSlot())
            {
                BeginNext();
            }
        }
        finally
        {
            DropSlotIfUnused();
            ServeNextRound();
        }
    }

    private bool TakeSlot()
    {
        _hasSlot = _hasSlot || gate.Slots.TakeOrWait(this);
        _waitsForSlot = !_hasSlot;
        return _hasSlot;
    }

    // Those whose connection has ended meanwhile cost no turn.
    private void BeginNext()
    {
        while (_waiting.TryDequeue(out IHandshakeStep? step))
        {
            gate.CountWaiting(-1);
            _hasSlot = false;
            _begun++;
            if (step.TakeTurn())
            {
                return;
            }

            _hasSlot = true;
            _begun--;
        }
    }

    private void DropSlotIfUnused()
    {
        if (_hasSlot && _waiting.Count == 0)
        {
            _hasSlot = false;
            gate.Slots.Release();
        }
    }

    // A timer that is due at once, set within a round, is looked at in the next. A loop without rounds has one for each reading of its clock.
    private void ServeNextRound()
    {
        if (_waiting.Count == 0 || _isScheduled || _waitsForSlot)
        {
            return;
        }

        _isScheduled = true;
        executor.Schedule(static turns => ((LoopTurns)turns!).OnRound(), this, _rounds is null ? TimeSpan.FromTicks(1) : TimeSpan.Zero);
    }

    private void OnRound()
    {
        _isScheduled = false;
        Serve();
    }

    private bool HasTurn()
    {
        long round = _rounds?.Rounds ?? executor.Now.Ticks;
        if (round != _round)
        {
            _round = round;
            _begun = 0;
        }

        return _begun < gate.Limit.StepsPerRound;
    }
}
