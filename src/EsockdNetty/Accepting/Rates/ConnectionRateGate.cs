using System.Threading.RateLimiting;
using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;
using EsockdNetty.Connections;
using EsockdNetty.Interop;

namespace EsockdNetty.Accepting.Rates;

/// <summary>
/// Lets connections in at a rate; stands last of the gates, so that nothing is spent on a connection another one refuses, nor on one that its
/// client has reset before it was accepted, which ends here as <see cref="RefusalReason.PeerGone"/>. Where another stands after it all the same, such as
/// that of a second limiter, a token is put back when that one refuses. Above the rate connections are refused; or they
/// wait: the token is then taken before accept(2), by withholding the server channel's <c>Read</c> until there is one, and given back when the
/// listener closes without having used it.
/// </summary>
public sealed class ConnectionRateGate : AcceptGate, IRateWaiter
{
    private readonly IConnectionRateLimiter _limiter;
    private readonly OverLimit _overLimit;
    private readonly Func<IChannel, bool> _isGone;
    private readonly AcceptWait _wait;
    private readonly RefusalReason _reason;
    private IChannelHandlerContext? _context;
    private IRecvByteBufAllocator? _manyARead;
    private IRatePermit? _permit;
    private IRatePermit? _passing;
    private volatile bool _waiting;
    private bool _gone;

    /// <summary>A gate at the rate of <paramref name="bucket"/>, which it may share.</summary>
    public ConnectionRateGate(TokenBucket bucket, OverLimit overLimit = OverLimit.Refuse, Refusal? refusal = null)
        : this((IConnectionRateLimiter)bucket, overLimit, refusal)
    {
    }

    /// <summary>
    /// A gate that asks <paramref name="limiter"/>, which it may share and does not dispose: one permit a connection. The permit of a limiter that is
    /// not replenished by time, such as a <see cref="ConcurrencyLimiter"/>, is held until the connection's close. In wait mode give the limiter a queue.
    /// </summary>
    public ConnectionRateGate(RateLimiter limiter, OverLimit overLimit = OverLimit.Refuse, Refusal? refusal = null)
        : this(Adapt(limiter), overLimit, refusal)
    {
    }

    internal ConnectionRateGate(IConnectionRateLimiter limiter, OverLimit overLimit, Refusal? refusal = null, Func<IChannel, bool>? isGone = null)
        : base(refusal)
    {
        ArgumentNullException.ThrowIfNull(limiter);
        _limiter = limiter;
        _overLimit = overLimit;
        _isGone = isGone ?? DescriptorState.IsBroken;
        _reason = limiter is RateLimiterAdapter ? RefusalReason.RateLimiter : RefusalReason.Rate;
        _wait = new AcceptWait(_reason, () => limiter.Limit);
    }

    /// <summary>What becomes of those above the rate, where that may change while it stands in a pipeline.</summary>
    internal Func<OverLimit>? CurrentOverLimit { get; init; }

    /// <summary>True while nothing is accepted because the rate is reached.</summary>
    public bool IsWaiting => _waiting;

    /// <inheritdoc/>
    public override void HandlerAdded(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        _limiter.Join();
        _manyARead = context.Channel.Configuration.RecvByteBufAllocator;
        SetConnectionsARead(context);
    }

    /// <summary>
    /// Judges anew: whoever waits no longer has to where connections are refused from now on. And takes back the token of a connection that a later gate
    /// has refused.
    /// </summary>
    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (evt is ConnectionRefused)
        {
            // By a gate after this one: the one that passes now.
            _passing?.Return();
            _passing = null;
        }
        else if (evt is ListenerUpdated)
        {
            SetConnectionsARead(context);
            if (MayRefuse && _waiting && _limiter.Withdraw(this))
            {
                _waiting = false;
                context.Read();
                TellWait();
            }
        }

        context.FireUserEventTriggered(evt);
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

    /// <summary>In wait mode lets a read pass only with a token for the connection it may bring; else it passes when there is one.</summary>
    public override void Read(IChannelHandlerContext context)
    {
        if (MayRefuse || _permit is not null)
        {
            context.Read();
        }
        else if (!_waiting && !_gone)
        {
            Reserve(context);
        }
    }

    void IRateWaiter.OnPermit(IRatePermit permit)
    {
        try
        {
            _context!.Executor.Execute(static (gate, permit) => ((ConnectionRateGate)gate!).TakePermit((IRatePermit)permit!), this, permit);
        }
        catch (RejectedExecutionException)
        {
            // The loop has ended, and accepting with it.
            permit.Refund();
        }
    }

    void IRateWaiter.OnFault(Exception fault)
    {
        try
        {
            _context!.Executor.Execute(static (context, fault) => ((IChannelHandlerContext)context!).FireExceptionCaught((Exception)fault!), _context, fault);
        }
        catch (RejectedExecutionException)
        {
            // Nobody is left to be told.
        }
    }

    /// <inheritdoc/>
    protected override RefusalReason? Judge(IChannelHandlerContext context, IChannel child)
    {
        if (_isGone(child))
        {
            return RefusalReason.PeerGone;
        }

        IRatePermit? permit = _permit ?? _limiter.TryTake();
        _permit = null;
        if (permit is null)
        {
            return _reason;
        }

        _passing = permit;
        if (permit.Use() is { } held)
        {
            ConnectionLease.Of(child).Add(held);
        }

        return null;
    }

    private protected override void AfterPass() => _passing = null;

    private static RateLimiterAdapter Adapt(RateLimiter limiter)
    {
        ArgumentNullException.ThrowIfNull(limiter);
        return new RateLimiterAdapter(limiter);
    }

    private bool MayRefuse => (CurrentOverLimit?.Invoke() ?? _overLimit) == OverLimit.Refuse;

    // One token, one read, one connection: for a second one of the same round there might be none.
    private void SetConnectionsARead(IChannelHandlerContext context) =>
        context.Channel.Configuration.RecvByteBufAllocator = MayRefuse ? _manyARead : new FixedRecvByteBufAllocator(1) { MaxMessagesPerRead = 1 };

    private void Reserve(IChannelHandlerContext context)
    {
        _permit = _limiter.TakeOrWait(this);
        if (_permit is not null)
        {
            context.Read();
        }
        else
        {
            _waiting = true;
            TellWait();
        }
    }

    private void TakePermit(IRatePermit permit)
    {
        _waiting = false;
        if (_gone)
        {
            permit.Refund();
            return;
        }

        _permit = permit;
        _context!.Read();

        // After the read: where another gate waits for it, the listener has never ceased to.
        TellWait();
    }

    private void TellWait() => _wait.Set(_context!.Channel, _waiting);

    private void GiveUp()
    {
        if (!_gone)
        {
            _gone = true;
            _limiter.Leave();
        }

        if (_waiting && _limiter.Withdraw(this))
        {
            _waiting = false;
        }

        _wait.Set(_context!.Channel, isOn: false);
        _permit?.Refund();
        _permit = null;
    }
}
