using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;
using EsockdNetty.Connections;

namespace EsockdNetty.Accepting;

/// <summary>
/// Keeps the number of live connections at a limit, exactly, from accept to close. Over it connections are refused; or they wait: the permit is
/// then taken before accept(2), by withholding the server channel's <c>Read</c> until one is free, so nothing is accepted that cannot be served.
/// Where two of them wait on one channel, the one with the shared limit stands first, so that a permit of it is never held for the other's sake.
/// </summary>
public sealed class MaxConnectionsGate : AcceptGate, IPermitWaiter
{
    private readonly ConnectionLimit _limit;
    private readonly RefusalReason _reason;
    private readonly OverLimit _overLimit;
    private IChannelHandlerContext? _context;
    private bool _reserved;
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
    }

    /// <summary>True while nothing is accepted because no permit is free.</summary>
    public bool IsWaiting => _waiting;

    /// <inheritdoc/>
    public override void HandlerAdded(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        if (_overLimit == OverLimit.Wait)
        {
            // One permit, one read, one connection: a second one of the same round might find no permit and would have to be refused.
            context.Channel.Configuration.RecvByteBufAllocator = new FixedRecvByteBufAllocator(1) { MaxMessagesPerRead = 1 };
        }
    }

    /// <inheritdoc/>
    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        bool readWithheld = _waiting;
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

    /// <summary>In wait mode lets a read pass only with a permit for the connection it may bring; else it passes when there is one.</summary>
    public override void Read(IChannelHandlerContext context)
    {
        if (_overLimit == OverLimit.Refuse || _reserved)
        {
            context.Read();
        }
        else if (!_waiting && !_gone)
        {
            Reserve(context);
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
        if (_reserved)
        {
            _reserved = false;
        }
        else if (!_limit.TryTake())
        {
            return _reason;
        }

        ConnectionLease.Of(child).Add(_limit);
        return null;
    }

    private void Reserve(IChannelHandlerContext context)
    {
        if (_limit.TakeOrWait(this))
        {
            _reserved = true;
            context.Read();
        }
        else
        {
            _waiting = true;
        }
    }

    private void TakePermit()
    {
        _waiting = false;
        if (_gone)
        {
            _limit.Release();
            return;
        }

        _reserved = true;
        _context!.Read();
    }

    private void GiveUp()
    {
        _gone = true;
        if (_waiting && _limit.Withdraw(this))
        {
            _waiting = false;
        }

        if (_reserved)
        {
            _reserved = false;
            _limit.Release();
        }
    }
}
