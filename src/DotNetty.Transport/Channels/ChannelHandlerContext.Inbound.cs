#nullable disable
using DotNetty.Common.Concurrency;
using DotNetty.Common.Internal.Logging;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>Inbound events: from this handler to the next one that takes part.</summary>
internal partial class ChannelHandlerContext
{
    private static readonly IInternalLogger Logger = InternalLoggerFactory.GetInstance<ChannelHandlerContext>();

    public IChannelHandlerContext FireChannelRead(object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        ChannelHandlerContext next = FindIncoming(HandlerMask.ChannelRead);
        if (next.InExecutor)
        {
            next.InvokeChannelRead(message);
        }
        else
        {
            next.Queue(static (next, message) => next.InvokeChannelRead(message), static (next, message) => next.FireChannelRead(message), message);
        }

        return this;
    }

    public IChannelHandlerContext FireUserEventTriggered(object evt)
    {
        ArgumentNullException.ThrowIfNull(evt);
        ChannelHandlerContext next = FindInbound(HandlerMask.UserEventTriggered);
        if (next.InExecutor)
        {
            next.InvokeUserEventTriggered(evt);
        }
        else
        {
            next.Queue(static (next, evt) => next.InvokeUserEventTriggered(evt), static (next, evt) => next.FireUserEventTriggered(evt), evt);
        }

        return this;
    }

    public IChannelHandlerContext FireExceptionCaught(Exception ex)
    {
        ArgumentNullException.ThrowIfNull(ex);
        ChannelHandlerContext next = FindInbound(HandlerMask.ExceptionCaught);
        if (next.InExecutor)
        {
            next.InvokeExceptionCaught(ex);
        }
        else
        {
            next.Queue(static (next, ex) => next.InvokeExceptionCaught((Exception)ex), static (next, ex) => next.FireExceptionCaught((Exception)ex), ex);
        }

        return this;
    }

    public IChannelHandlerContext FireChannelRegistered()
    {
        ChannelHandlerContext next = FindInbound(HandlerMask.ChannelRegistered);
        if (next.InExecutor)
        {
            next.InvokeChannelRegistered();
        }
        else
        {
            next.Queue(static (next, _) => next.InvokeChannelRegistered(), static (next, _) => next.FireChannelRegistered(), null);
        }

        return this;
    }

    public IChannelHandlerContext FireChannelUnregistered()
    {
        ChannelHandlerContext next = FindInbound(HandlerMask.ChannelUnregistered);
        if (next.InExecutor)
        {
            next.InvokeChannelUnregistered();
        }
        else
        {
            next.Queue(static (next, _) => next.InvokeChannelUnregistered(), static (next, _) => next.FireChannelUnregistered(), null);
        }

        return this;
    }

    public IChannelHandlerContext FireChannelActive()
    {
        ChannelHandlerContext next = FindInbound(HandlerMask.ChannelActive);
        if (next.InExecutor)
        {
            next.InvokeChannelActive();
        }
        else
        {
            next.Queue(static (next, _) => next.InvokeChannelActive(), static (next, _) => next.FireChannelActive(), null);
        }

        return this;
    }

    public IChannelHandlerContext FireChannelInactive()
    {
        ChannelHandlerContext next = FindInbound(HandlerMask.ChannelInactive);
        if (next.InExecutor)
        {
            next.InvokeChannelInactive();
        }
        else
        {
            next.Queue(static (next, _) => next.InvokeChannelInactive(), static (next, _) => next.FireChannelInactive(), null);
        }

        return this;
    }

    public IChannelHandlerContext FireChannelReadComplete()
    {
        ChannelHandlerContext next = FindIncoming(HandlerMask.ChannelReadComplete);
        if (next.InExecutor)
        {
            next.InvokeChannelReadComplete();
        }
        else
        {
            next.Queue(static (next, _) => next.InvokeChannelReadComplete(), static (next, _) => next.FireChannelReadComplete(), null);
        }

        return this;
    }

    public IChannelHandlerContext FireChannelWritabilityChanged()
    {
        ChannelHandlerContext next = FindInbound(HandlerMask.ChannelWritabilityChanged);
        if (next.InExecutor)
        {
            next.InvokeChannelWritabilityChanged();
        }
        else
        {
            next.Queue(static (next, _) => next.InvokeChannelWritabilityChanged(), static (next, _) => next.FireChannelWritabilityChanged(), null);
        }

        return this;
    }

    private void Queue(Action<ChannelHandlerContext, object> invoke, Action<ChannelHandlerContext, object> passBy, object argument)
    {
        try
        {
            Executor.Execute(new QueuedEvent(this, invoke, passBy, argument));
        }
        catch (RejectedExecutionException)
        {
            // Only the log is left to tell: an executor that ended before the channel did is no reason to stop the channel's loop in its work.
            Logger.Warn("The executor of {} has ended; an event of {} is lost.", _handler.GetType().Name, Channel);
            ReferenceCountUtil.SafeRelease(argument);
        }
    }

    private void InvokeChannelRead(object message)
    {
        try
        {
            if (AdapterOrNull is { } adapter)
            {
                adapter.ChannelRead(this, message);
            }
            else
            {
                _handler.ChannelRead(this, message);
            }
        }
        catch (Exception fault)
        {
            InvokeExceptionCaught(fault);
        }
    }

    private void InvokeUserEventTriggered(object evt)
    {
        try
        {
            _handler.UserEventTriggered(this, evt);
        }
        catch (Exception fault)
        {
            InvokeExceptionCaught(fault);
        }
    }

    private void InvokeExceptionCaught(Exception cause)
    {
        try
        {
            if ((_handlerMask & HandlerMask.ExceptionCaught) == 0)
            {
                FireExceptionCaught(cause);
            }
            else
            {
                _handler.ExceptionCaught(this, cause);
            }
        }
        catch (Exception fault)
        {
            // The handler of last resort failed: those behind are told why the connection ends.
            Logger.Warn($"{_handler.GetType().Name}.ExceptionCaught raised an exception while it handled: {cause}", fault);
            FireExceptionCaught(fault);
            _ = Channel.CloseAsync();
        }
    }

    private void InvokeChannelRegistered()
    {
        try
        {
            _handler.ChannelRegistered(this);
        }
        catch (Exception fault)
        {
            InvokeExceptionCaught(fault);
        }
    }

    private void InvokeChannelUnregistered()
    {
        try
        {
            _handler.ChannelUnregistered(this);
        }
        catch (Exception fault)
        {
            InvokeExceptionCaught(fault);
        }
    }

    private void InvokeChannelActive()
    {
        try
        {
            _handler.ChannelActive(this);
        }
        catch (Exception fault)
        {
            InvokeExceptionCaught(fault);
        }
    }

    private void InvokeChannelInactive()
    {
        try
        {
            _handler.ChannelInactive(this);
        }
        catch (Exception fault)
        {
            InvokeExceptionCaught(fault);
        }
    }

    private void InvokeChannelReadComplete()
    {
        try
        {
            if (AdapterOrNull is { } adapter)
            {
                adapter.ChannelReadComplete(this);
            }
            else
            {
                _handler.ChannelReadComplete(this);
            }
        }
        catch (Exception fault)
        {
            InvokeExceptionCaught(fault);
        }
    }

    private void InvokeChannelWritabilityChanged()
    {
        try
        {
            _handler.ChannelWritabilityChanged(this);
        }
        catch (Exception fault)
        {
            InvokeExceptionCaught(fault);
        }
    }
}
