#nullable disable
using System.Net;

namespace DotNetty.Transport.Channels;

/// <summary>
/// Two handlers in one place: inbound events are the first one's, outbound operations the second one's. An event neither of them overrides
/// costs nothing.
/// </summary>
public class CombinedChannelDuplexHandler<TIn, TOut> : ChannelDuplexHandler, ICombinedHandler
    where TIn : IChannelHandler
    where TOut : IChannelHandler
{
    private InnerHandlerContext _in;
    private InnerHandlerContext _out;
    private bool _writesAsyncAlone;

    /// <summary>For a derived type that calls <see cref="Init"/> before it is added to a pipeline.</summary>
    protected CombinedChannelDuplexHandler() => EnsureNotSharable();

    public CombinedChannelDuplexHandler(TIn inboundHandler, TOut outboundHandler)
    {
        EnsureNotSharable();
        Init(inboundHandler, outboundHandler);
    }

    int ICombinedHandler.InnerMask => _in is null || _out is null
        ? HandlerMask.All
        : HandlerMask.Inbound(HandlerMask.Of(InboundHandler)) | HandlerMask.Outbound(HandlerMask.Of(OutboundHandler)) | ExceptionMask;

    protected TIn InboundHandler { get; private set; }

    protected TOut OutboundHandler { get; private set; }

    // What the first one does not catch is the second one's.
    private int ExceptionMask => HandlerMask.Of(OutboundHandler) & HandlerMask.ExceptionCaught;

    /// <exception cref="InvalidOperationException">It was called before.</exception>
    protected void Init(TIn inbound, TOut outbound)
    {
        ArgumentNullException.ThrowIfNull(inbound);
        ArgumentNullException.ThrowIfNull(outbound);
        if (_in is not null)
        {
            throw new InvalidOperationException("The two handlers were set already.");
        }

        InboundHandler = inbound;
        OutboundHandler = outbound;
        _out = new InnerHandlerContext(outbound, null);
        _in = new InnerHandlerContext(inbound, _out);
        _writesAsyncAlone = (HandlerMask.Of(outbound) & (HandlerMask.Write | HandlerMask.WriteAsync)) == HandlerMask.WriteAsync;
    }

    /// <summary>Takes the inbound handler out: its events pass by from now on.</summary>
    /// <exception cref="InvalidOperationException">It is in no pipeline yet.</exception>
    public void RemoveInboundHandler() => Initialized(_in).Remove();

    /// <summary>Takes the outbound handler out: its operations pass by from now on.</summary>
    /// <exception cref="InvalidOperationException">It is in no pipeline yet.</exception>
    public void RemoveOutboundHandler() => Initialized(_out).Remove();

    public override void HandlerAdded(IChannelHandlerContext context)
    {
        Initialized(_in).Enter(context);
        _out.Enter(context);
        InboundHandler.HandlerAdded(_in);
        OutboundHandler.HandlerAdded(_out);
    }

    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        try
        {
            _in?.Remove();
        }
        finally
        {
            _out?.Remove();
        }
    }

    [Skip]
    public override void ChannelRegistered(IChannelHandlerContext context)
    {
        if (_in.Removed)
        {
            context.FireChannelRegistered();
        }
        else
        {
            InboundHandler.ChannelRegistered(_in);
        }
    }

    [Skip]
    public override void ChannelUnregistered(IChannelHandlerContext context)
    {
        if (_in.Removed)
        {
            context.FireChannelUnregistered();
        }
        else
        {
            InboundHandler.ChannelUnregistered(_in);
        }
    }

    [Skip]
    public override void ChannelActive(IChannelHandlerContext context)
    {
        if (_in.Removed)
        {
            context.FireChannelActive();
        }
        else
        {
            InboundHandler.ChannelActive(_in);
        }
    }

    [Skip]
    public override void ChannelInactive(IChannelHandlerContext context)
    {
        if (_in.Removed)
        {
            context.FireChannelInactive();
        }
        else
        {
            InboundHandler.ChannelInactive(_in);
        }
    }

    [Skip]
    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (_in.Removed)
        {
            context.FireChannelRead(message);
        }
        else
        {
            InboundHandler.ChannelRead(_in, message);
        }
    }

    [Skip]
    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        if (_in.Removed)
        {
            context.FireChannelReadComplete();
        }
        else
        {
            InboundHandler.ChannelReadComplete(_in);
        }
    }

    [Skip]
    public override void ChannelWritabilityChanged(IChannelHandlerContext context)
    {
        if (_in.Removed)
        {
            context.FireChannelWritabilityChanged();
        }
        else
        {
            InboundHandler.ChannelWritabilityChanged(_in);
        }
    }

    [Skip]
    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (_in.Removed)
        {
            context.FireUserEventTriggered(evt);
        }
        else
        {
            InboundHandler.UserEventTriggered(_in, evt);
        }
    }

    [Skip]
    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
    {
        if (_in.Removed)
        {
            _in.FireExceptionCaught(exception);
        }
        else
        {
            InboundHandler.ExceptionCaught(_in, exception);
        }
    }

    [Skip]
    public override Task BindAsync(IChannelHandlerContext context, EndPoint localAddress) =>
        _out.Removed ? context.BindAsync(localAddress) : OutboundHandler.BindAsync(_out, localAddress);

    [Skip]
    public override Task ConnectAsync(IChannelHandlerContext context, EndPoint remoteAddress, EndPoint localAddress) =>
        _out.Removed ? context.ConnectAsync(remoteAddress, localAddress) : OutboundHandler.ConnectAsync(_out, remoteAddress, localAddress);

    [Skip]
    public override Task DisconnectAsync(IChannelHandlerContext context) =>
        _out.Removed ? context.DisconnectAsync() : OutboundHandler.DisconnectAsync(_out);

    [Skip]
    public override Task CloseAsync(IChannelHandlerContext context) =>
        _out.Removed ? context.CloseAsync() : OutboundHandler.CloseAsync(_out);

    [Skip]
    public override Task DeregisterAsync(IChannelHandlerContext context) =>
        _out.Removed ? context.DeregisterAsync() : OutboundHandler.DeregisterAsync(_out);

    [Skip]
    public override void Read(IChannelHandlerContext context)
    {
        if (_out.Removed)
        {
            context.Read();
        }
        else
        {
            OutboundHandler.Read(_out);
        }
    }

    [Skip]
    public override Task WriteAsync(IChannelHandlerContext context, object message) =>
        _out.Removed ? context.WriteAsync(message) : OutboundHandler.WriteAsync(_out, message);

    [Skip]
    public override void Write(IChannelHandlerContext context, object message)
    {
        if (_out.Removed)
        {
            context.Write(message);
        }
        else if (_writesAsyncAlone)
        {
            WriteOutcome.Observe(OutboundHandler.WriteAsync(_out, message), _out);
        }
        else
        {
            OutboundHandler.Write(_out, message);
        }
    }

    [Skip]
    public override void Flush(IChannelHandlerContext context)
    {
        if (_out.Removed)
        {
            context.Flush();
        }
        else
        {
            OutboundHandler.Flush(_out);
        }
    }

    private InnerHandlerContext Initialized(InnerHandlerContext context) =>
        context ?? throw new InvalidOperationException($"{GetType().Name} must call Init before it is added to a pipeline.");
}
