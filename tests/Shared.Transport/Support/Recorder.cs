using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.TestSupport;

/// <summary>Writes every event down, in words; what it reads it releases. A test may add what else is to happen at an event.</summary>
public sealed class Recorder : ChannelHandlerAdapter
{
    private readonly Lock _lock = new();
    private readonly List<string> _events = [];

    public Action<IChannelHandlerContext>? OnActive { get; set; }

    public Action<IChannelHandlerContext, object>? OnRead { get; set; }

    public Action<IChannelHandlerContext>? OnReadComplete { get; set; }

    public Action<IChannelHandlerContext, Exception>? OnException { get; set; }

    public Action<IChannelHandlerContext, object>? OnUserEvent { get; set; }

    public Action<IChannelHandlerContext>? OnWritability { get; set; }

    public Action<IChannelHandlerContext>? OnInactive { get; set; }

    /// <summary>Completes when the channel has been unregistered.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<Exception> Exceptions { get; } = [];

    /// <summary>The events so far.</summary>
    public string[] Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>The events so far; they are forgotten.</summary>
    public string[] Take()
    {
        lock (_lock)
        {
            string[] events = [.. _events];
            _events.Clear();
            return events;
        }
    }

    public override void ChannelRegistered(IChannelHandlerContext context) => Note("Registered");

    public override void ChannelUnregistered(IChannelHandlerContext context)
    {
        Note("Unregistered");
        Ended.TrySetResult();
    }

    public override void ChannelActive(IChannelHandlerContext context)
    {
        Note("Active");
        OnActive?.Invoke(context);
    }

    public override void ChannelInactive(IChannelHandlerContext context)
    {
        Note("Inactive");
        OnInactive?.Invoke(context);
    }

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        Note("Read " + (((message as IByteBufferHolder)?.Content ?? message as IByteBuffer)?.ToString(Encoding.ASCII) ?? message));
        if (OnRead is not null)
        {
            OnRead(context, message);
        }
        else
        {
            DotNetty.Common.Utilities.ReferenceCountUtil.Release(message);
        }
    }

    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        Note("ReadComplete");
        OnReadComplete?.Invoke(context);
    }

    public override void ChannelWritabilityChanged(IChannelHandlerContext context)
    {
        Note("Writable " + context.Channel.IsWritable);
        OnWritability?.Invoke(context);
    }

    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        Note("Event " + evt.GetType().Name);
        OnUserEvent?.Invoke(context, evt);
    }

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
    {
        Exceptions.Add(exception);
        Note("Exception " + exception.GetType().Name);
        OnException?.Invoke(context, exception);
    }

    public override void HandlerAdded(IChannelHandlerContext context) => Note("Added");

    public override void HandlerRemoved(IChannelHandlerContext context) => Note("Removed");

    private void Note(string what)
    {
        lock (_lock)
        {
            _events.Add(what);
        }
    }
}
