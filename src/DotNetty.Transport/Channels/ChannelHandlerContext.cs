#nullable disable
using DotNetty.Buffers;
using DotNetty.Common.Concurrency;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>
/// One handler's place in the list. Its mask is 0 until <c>HandlerAdded</c> ran and again once it was removed, so that events jump over it;
/// its links stay, so that a handler that took itself out can still pass on what it holds.
/// </summary>
internal sealed partial class ChannelHandlerContext : IChannelHandlerContext
{
    public ChannelHandlerContext Next;
    public ChannelHandlerContext Prev;

    /// <summary>The next one that ever takes part in <see cref="HandlerMask.Incoming"/>.</summary>
    public ChannelHandlerContext NextIncoming;

    /// <summary>The one before that ever takes part in <see cref="HandlerMask.Outgoing"/>.</summary>
    public ChannelHandlerContext PrevOutgoing;

    private readonly DefaultChannelPipeline _pipeline;
    private readonly IEventExecutor _executor;
    private readonly IChannelHandler _handler;
    private readonly ChannelHandlerAdapter _adapter;
    private readonly int _handlerMask;
    private readonly int _routeMask;
    private volatile int _mask;
    private string _name;
    private volatile bool _removed;
    private bool _added;

    public ChannelHandlerContext(DefaultChannelPipeline pipeline, IEventExecutor executor, string name, IChannelHandler handler)
    {
        _pipeline = pipeline;
        _executor = executor;
        _name = name;
        _handler = handler;
        _adapter = handler as ChannelHandlerAdapter;
        _handlerMask = HandlerMask.Of(handler);
        _routeMask = executor is null ? _handlerMask : HandlerMask.WithoutJumps(_handlerMask);
    }

    public IChannel Channel => _pipeline.Channel;

    public IByteBufferAllocator Allocator => _pipeline.Channel.Allocator;

    public IEventExecutor Executor => _executor ?? _pipeline.Channel.EventLoop;

    public IChannelHandler Handler => _handler;

    public bool Removed => _removed;

    public bool TakesIncoming => (_routeMask & HandlerMask.Incoming) != 0;

    public bool TakesOutgoing => (_routeMask & HandlerMask.Outgoing) != 0;

    public string Name => _name ?? _pipeline.NameOf(this);

    /// <summary>The name, or null where none was given and nobody asked yet.</summary>
    public string NameOrNull
    {
        get => _name;
        set => _name = value;
    }

    // Where the handler has an executor of its own, events that come before HandlerAdded has run there queue behind it.
    private bool InExecutor => _executor is null ? _pipeline.InEventLoop : _added && _executor.InEventLoop;

    private bool OnOwnThread => _executor is null ? _pipeline.InEventLoop : _executor.InEventLoop;

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
        if (_executor is not null)
        {
            // At once: events queue behind HandlerAdded. With the mask still empty they would pass the handler by in the meantime.
            _mask = _routeMask;
        }

        OnExecutor(static context => context.CallHandlerAdded());
    }

    /// <summary>Called where an event was brought to the executor.</summary>
    /// <returns>False when the handler was removed meanwhile.</returns>
    public bool Arrived()
    {
        CallHandlerAdded();
        return !_removed;
    }

    /// <summary>Lets events in, then tells the handler.</summary>
    public void CallHandlerAdded()
    {
        if (_removed || _added)
        {
            return;
        }

        _added = true;
        _mask = _routeMask;
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
        if (_removed)
        {
            return;
        }

        _mask = 0;
        _removed = true;
        if (!_added)
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

    /// <summary>Head and tail take part in everything from the start.</summary>
    public ChannelHandlerContext Open()
    {
        _added = true;
        _mask = _routeMask;
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
