using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Connections;

namespace EsockdNetty.Accepting;

/// <summary>
/// Keeps the number of live connections at a limit, exactly, from accept to close. Over it connections are refused; or they wait: permits are
/// then taken before accept(2), when the system says that somebody is there, and while none is free the server channel's <c>Read</c> is withheld,
/// so nothing is accepted that cannot be served. Where two of them wait on one channel, the one with the shared limit stands first, so that a
/// permit of it is never held for the other's sake.
/// </summary>
public sealed class MaxConnectionsGate : AcceptGate, IAcceptBudget, IPermitWaiter
{
    private readonly ConnectionLimit _limit;
    private readonly RefusalReason _reason;
    private readonly OverLimit _overLimit;
    private readonly AcceptWait _wait;
    private IChannelHandlerContext? _context;
    private bool _isAsked;
    private int _reserved;
    private volatile bool _waiting;
    private bool _gone;

    /// <summary>A gate at <paramref name="limit"/>, which it may share, refusing for <paramref name="reason"/>.</summary>
    public MaxConnectionsGate(ConnectionLimit limit, RefusalReason reason = RefusalReason.MaxConnections, OverLimit overLimit = OverLimit.Refuse, Refusal? refusal = null)
        : base(refusal)
    {
        ArgumentNullException.ThrowIfNull(limit);
        _limit = limit;
        _reason = reason;
        _overLimit = overLimit;
        _wait = new AcceptWait(reason, () => $"{limit.Limit} connection{(limit.Limit == 1 ? "" : "s")}");
    }

    /// <summary>What becomes of those over the limit, where that may change while it stands in a pipeline.</summary>
    internal Func<OverLimit>? CurrentOverLimit { get; init; }

    /// <summary>True while nothing is accepted because no permit is free.</summary>
    public bool IsWaiting => _waiting;

    /// <inheritdoc/>
    public override void HandlerAdded(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        if (CurrentOverLimit is null && _overLimit == OverLimit.Refuse)
        {
            return;
        }

        if (context.Channel is AbstractServerSocketChannel server)
        {
            _isAsked = true;
            server.AddAcceptBudget(this);
        }
        else if (!MayRefuse)
        {
            // One permit, one read, one connection: a second one of the same round might find no permit and would have to be refused.
            context.Channel.Configuration.RecvByteBufAllocator = new FixedRecvByteBufAllocator(1) { MaxMessagesPerRead = 1 };
        }
    }

    /// <inheritdoc/>
    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        bool readWithheld = _waiting;
        (context.Channel as AbstractServerSocketChannel)?.RemoveAcceptBudget(this);
        GiveUp();
        if (readWithheld && context.Channel.Active)
        {
            context.Read();
        }
    }

    /// <inheritdoc/>
    public override void ChannelInactive(IChannelHandlerContext context)
    {
        GiveUp();
        context.FireChannelInactive();
    }

    /// <summary>In wait mode lets no read pass while no permit is free; on a channel that does not ask itself, only with one.</summary>
    public override void Read(IChannelHandlerContext context)
    {
        if (MayRefuse || (!_waiting && !_gone && (_isAsked || Reserve(1) > 0)))
        {
            context.Read();
        }
    }

    /// <summary>Judges anew: whoever waits no longer has to where connections are refused from now on.</summary>
    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (evt is ListenerUpdated && MayRefuse && _waiting && _limit.Withdraw(this))
        {
            _waiting = false;
            context.Read();
            TellWait();
        }

        context.FireUserEventTriggered(evt);
    }

    int IAcceptBudget.Reserve(int most) => MayRefuse ? most : Reserve(most);

    void IAcceptBudget.Keep(int count)
    {
        if (_reserved > count)
        {
            int rest = _reserved - count;
            _reserved = count;
            _limit.Release(rest);
        }
    }

    void IPermitWaiter.OnPermit()
    {
        try
        {
            _context!.Executor.Execute(static gate => ((MaxConnectionsGate)gate!).TakePermit(), this);
        }
        catch (RejectedExecutionException)
        {
            // The loop has ended, and accepting with it.
            _limit.Release();
        }
    }

    /// <inheritdoc/>
    protected override RefusalReason? Judge(IChannelHandlerContext context, IChannel child)
    {
        if (_reserved > 0)
        {
            _reserved--;
        }
        else if (!_limit.TryTake())
        {
            return _reason;
        }

        ConnectionLease.Of(child).Add(_limit);
        return null;
    }

    private bool MayRefuse => (CurrentOverLimit?.Invoke() ?? _overLimit) == OverLimit.Refuse;

    private int Reserve(int most)
    {
        if (_waiting || _gone)
        {
            return 0;
        }

        _reserved += _limit.TakeUpTo(most - _reserved);
        if (_reserved == 0)
        {
            _waiting = !_limit.TakeOrWait(this);
            _reserved = _waiting ? 0 : 1;
            TellWait();
        }

        return _reserved;
    }

    private void TakePermit()
    {
        _waiting = false;
        if (_gone)
        {
            _limit.Release();
            return;
        }

        _reserved = 1;
        _context!.Read();

        // After the read: where another gate waits for it, the listener has never ceased to.
        TellWait();
    }

    private void TellWait() => _wait.Set(_context!.Channel, _waiting);

    private void GiveUp()
    {
        _gone = true;
        if (_waiting && _limit.Withdraw(this))
        {
            _waiting = false;
        }

        _wait.Set(_context!.Channel, isOn: false);
        int rest = _reserved;
        _reserved = 0;
        _limit.Release(rest);
    }
}
