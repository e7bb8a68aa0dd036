#nullable disable
using System.Runtime.CompilerServices;
using DotNetty.Buffers;
using DotNetty.Common.Concurrency;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>
/// One handler's place in the list. Its mask is 0 until <c>HandlerAdded</c> ran and again once it was removed, so that events jump over it;
/// its links stay, so that a handler that took itself out can still pass on what it holds.
/// </summary>
internal partial class ChannelHandlerContext : IChannelHandlerContext
{
    public ChannelHandlerContext Next;
    public ChannelHandlerContext Prev;

    /// <summary>The next one that ever takes part in <see cref="HandlerMask.Incoming"/>.</summary>
    public ChannelHandlerContext NextIncoming;

    /// <summary>The one before that ever takes part in <see cref="HandlerMask.Outgoing"/>.</summary>
    public ChannelHandlerContext PrevOutgoing;

    private readonly DefaultChannelPipeline _pipeline;
    private IChannelHandler _handler;

    // What the handler's type takes part in, and whether it is an adapter: that is asked at every message.
    private readonly int _handlerMask;

    // What it takes part in now, and how far its life in the pipeline has come: one word, since an idle connection has ten of these.
    private volatile int _mask;

    public ChannelHandlerContext(DefaultChannelPipeline pipeline, IChannelHandler handler)
        : this(pipeline, handler, marks: 0)
    {
    }

    protected ChannelHandlerContext(DefaultChannelPipeline pipeline, IChannelHandler handler, int marks)
    {
        _pipeline = pipeline;
        _handler = handler;
        _handlerMask = HandlerMask.Of(handler) | (handler is ChannelHandlerAdapter ? HandlerMask.Adapter : 0) | marks;
    }

    public DefaultChannelPipeline Pipeline => _pipeline;

    public IChannel Channel => _pipeline.Channel;

    public IByteBufferAllocator Allocator => _pipeline.Channel.Allocator;

    public IEventExecutor Executor => OwnExecutor ?? _pipeline.Channel.EventLoop;

    public IChannelHandler Handler => _handler;

    public bool Removed => (_mask & HandlerMask.Removed) != 0;

    public bool TakesIncoming => (RouteMask & HandlerMask.Incoming) != 0;

    public bool TakesOutgoing => (RouteMask & HandlerMask.Outgoing) != 0;

    public string Name => GivenName ?? _pipeline.NameOf(this);

    /// <summary>The name that it was added by; null where it was added by none.</summary>
    public virtual string GivenName => null;

    /// <summary>The executor that the handler was added with; null where it runs on the channel's loop.</summary>
    protected virtual IEventExecutor OwnExecutor => null;

    // A call of a class costs less than one of an interface. Checked once, by the constructor.
    private ChannelHandlerAdapter AdapterOrNull => (_handlerMask & HandlerMask.Adapter) != 0 ? Unsafe.As<ChannelHandlerAdapter>(_handler) : null;

    private bool Added => (_mask & HandlerMask.Added) != 0;

    private bool HasExecutor => (_handlerMask & HandlerMask.OwnExecutor) != 0;

    private int RouteMask => HasExecutor ? HandlerMask.WithoutJumps(_handlerMask) : _handlerMask;

    // Where the handler has an executor of its own, events that come before HandlerAdded has run there queue behind it.
    private bool InExecutor => HasExecutor ? Added && OwnExecutor.InEventLoop : _pipeline.InEventLoop;

    private bool OnOwnThread => HasExecutor ? OwnExecutor.InEventLoop : _pipeline.InEventLoop;

    public IAttribute<T> GetAttribute<T>(AttributeKey<T> key)
        where T : class
        => Channel.GetAttribute(key);

    public bool HasAttribute<T>(AttributeKey<T> key)
        where T : class
        => Channel.HasAttribute(key);

    public override string ToString() => $"{nameof(ChannelHandlerContext)}({Name}, {Channel})";

    /// <summary>Begins the handler's part in the pipeline, on its executor.</summary>
    public void Join()
    {
        if (HasExecutor)
        {
            // At once: events queue behind HandlerAdded. With the mask still empty they would pass the handler by in the meantime.
            Interlocked.Or(ref _mask, RouteMask);
        }

        OnExecutor(static context => context.CallHandlerAdded());
    }

    /// <summary>Called where an event was brought to the executor.</summary>
    /// <returns>False when the handler was removed meanwhile.</returns>
    public bool Arrived()
    {
        CallHandlerAdded();
        return !Removed;
    }

    /// <summary>Lets events in, then tells the handler.</summary>
    public void CallHandlerAdded()
    {
        if ((_mask & (HandlerMask.Removed | HandlerMask.Added)) != 0)
        {
            return;
        }

        Interlocked.Or(ref _mask, HandlerMask.Added | RouteMask);
        try
        {
            _handler.HandlerAdded(this);
        }
        catch (Exception fault)
        {
            _pipeline.RemoveFailed(this, fault);
        }
    }

    /// <summary>Lets no event in any more, then tells the handler if it was told that it had been added.</summary>
    public void CallHandlerRemoved()
    {
        if (Removed)
        {
            return;
        }

        int before = Interlocked.Exchange(ref _mask, HandlerMask.Removed | (_mask & HandlerMask.Initializing));
        if ((before & HandlerMask.Added) == 0)
        {
            return;
        }

        try
        {
            _handler.HandlerRemoved(this);
        }
        catch (Exception fault)
        {
            _pipeline.FireExceptionCaught(new ChannelPipelineException($"{_handler.GetType().Name}.HandlerRemoved raised an exception.", fault));
        }
    }

    /// <summary>False when the initializer in this place is at work already.</summary>
    public bool BeginInitializing() => (Interlocked.Or(ref _mask, HandlerMask.Initializing) & HandlerMask.Initializing) == 0;

    public void EndInitializing() => Interlocked.And(ref _mask, ~HandlerMask.Initializing);

    /// <summary>Of the tail's place only: every tail takes part in the same.</summary>
    public void ExchangeTail(TailHandler tail) => _handler = tail;

    /// <summary>Head and tail take part in everything from the start.</summary>
    public ChannelHandlerContext Open()
    {
        _mask = HandlerMask.Added | RouteMask;
        return this;
    }

    /// <summary>Runs <paramref name="action"/> on this handler's executor: now if it is the calling one and the handler can run.</summary>
    public void OnExecutor(Action<ChannelHandlerContext> action)
    {
        if (OnOwnThread)
        {
            action(this);
            return;
        }

        try
        {
            Executor.Execute(static (action, context) => ((Action<ChannelHandlerContext>)action)((ChannelHandlerContext)context), action, this);
        }
        catch (RejectedExecutionException)
        {
            // The executor has ended: the handler is told here, or it would never give back what it holds.
            action(this);
        }
    }

    private ChannelHandlerContext FindInbound(int bit)
    {
        ChannelHandlerContext context = this;
        do
        {
            context = context.Next;
        }
        while ((context._mask & bit) == 0);
        return context;
    }

    private ChannelHandlerContext FindIncoming(int bit)
    {
        ChannelHandlerContext context = this;
        do
        {
            context = context.NextIncoming;
        }
        while ((context._mask & bit) == 0);
        return context;
    }

    private ChannelHandlerContext FindOutgoing(int bits)
    {
        ChannelHandlerContext context = this;
        do
        {
            context = context.PrevOutgoing;
        }
        while ((context._mask & bits) == 0);
        return context;
    }

    private ChannelHandlerContext FindOutbound(int bits)
    {
        ChannelHandlerContext context = this;
        do
        {
            context = context.Prev;
        }
        while ((context._mask & bits) == 0);
        return context;
    }
}
