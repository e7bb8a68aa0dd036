#nullable disable
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels;

/// <summary>Adding, removing and replacing handlers.</summary>
public partial class DefaultChannelPipeline
{
    private enum Place
    {
        First,
        Last,
        Before,
        After,
    }

    public IChannelPipeline AddFirst(string name, IChannelHandler handler) => AddFirst(null, name, handler);

    public IChannelPipeline AddFirst(IEventExecutorGroup group, string name, IChannelHandler handler) => Add(group, name, handler, Place.First);

    public IChannelPipeline AddLast(string name, IChannelHandler handler) => AddLast(null, name, handler);

    public IChannelPipeline AddLast(IEventExecutorGroup group, string name, IChannelHandler handler) => Add(group, name, handler, Place.Last);

    public IChannelPipeline AddBefore(string baseName, string name, IChannelHandler handler) => AddBefore(null, baseName, name, handler);

    public IChannelPipeline AddBefore(IEventExecutorGroup group, string baseName, string name, IChannelHandler handler) =>
        Add(group, name, handler, Place.Before, baseName);

    public IChannelPipeline AddAfter(string baseName, string name, IChannelHandler handler) => AddAfter(null, baseName, name, handler);

    public IChannelPipeline AddAfter(IEventExecutorGroup group, string baseName, string name, IChannelHandler handler) =>
        Add(group, name, handler, Place.After, baseName);

    public IChannelPipeline AddFirst(params IChannelHandler[] handlers) => AddFirst(null, handlers);

    public IChannelPipeline AddFirst(IEventExecutorGroup group, params IChannelHandler[] handlers)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        for (int i = handlers.Length - 1; i >= 0; i--)
        {
            AddFirst(group, (string)null, handlers[i]);
        }

        return this;
    }

    public IChannelPipeline AddLast(params IChannelHandler[] handlers) => AddLast(null, handlers);

    public IChannelPipeline AddLast(IEventExecutorGroup group, params IChannelHandler[] handlers)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        foreach (IChannelHandler handler in handlers)
        {
            AddLast(group, (string)null, handler);
        }

        return this;
    }

    public IChannelPipeline Remove(IChannelHandler handler)
    {
        RemoveContext(Required(handler));
        return this;
    }

    public IChannelHandler Remove(string name) => RemoveContext(Required(name)).Handler;

    public T Remove<T>()
        where T : class, IChannelHandler
        => (T)RemoveContext(Required<T>()).Handler;

    public IChannelHandler RemoveFirst() => RemoveContext(_head.Next != _tail ? _head.Next : throw Empty()).Handler;

    public IChannelHandler RemoveLast() => RemoveContext(_tail.Prev != _head ? _tail.Prev : throw Empty()).Handler;

    public IChannelPipeline Replace(IChannelHandler oldHandler, string newName, IChannelHandler newHandler)
    {
        ReplaceContext(Required(oldHandler), newName, newHandler);
        return this;
    }

    public IChannelHandler Replace(string oldName, string newName, IChannelHandler newHandler) => ReplaceContext(Required(oldName), newName, newHandler);

    public T Replace<T>(string newName, IChannelHandler newHandler)
        where T : class, IChannelHandler
        => (T)ReplaceContext(Required<T>(), newName, newHandler);

    private DefaultChannelPipeline Add(IEventExecutorGroup group, string name, IChannelHandler handler, Place place, string baseName = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ChannelHandlerContext context;
        lock (_tail)
        {
            ChannelHandlerContext prev = BeforePlace(place, baseName);
            context = NewContext(group, name, handler, replaced: null);
            Link(context, prev, prev.Next);
            if (WaitsForLoop(context))
            {
                return this;
            }
        }

        context.Join();
        return this;
    }

    private ChannelHandlerContext BeforePlace(Place place, string baseName) => place switch
    {
        Place.First => _head,
        Place.Last => _tail.Prev,
        Place.Before => Required(baseName).Prev,
        _ => Required(baseName),
    };

    private IChannelHandler ReplaceContext(ChannelHandlerContext old, string newName, IChannelHandler newHandler)
    {
        ArgumentNullException.ThrowIfNull(newHandler);
        ChannelHandlerContext context;
        bool registered;
        lock (_tail)
        {
            context = NewContext(null, newName, newHandler, old);
            Link(context, old.Prev, old.Next);

            // What the old handler still fires goes to the new one.
            old.Next = old.NextIncoming = context;
            old.Prev = old.PrevOutgoing = context;
            _rare?.AskedNames.Remove(old);
            registered = !WaitsForLoop(context);
        }

        if (registered)
        {
            // Added first: removing the old one may make it pass on what it holds.
            context.Join();
        }

        old.OnExecutor(static context => context.CallHandlerRemoved());
        return old.Handler;
    }

    private ChannelHandlerContext RemoveContext(ChannelHandlerContext context)
    {
        Unlink(context);
        context.OnExecutor(static context => context.CallHandlerRemoved());
        return context;
    }

    private ChannelHandlerContext NewContext(IEventExecutorGroup group, string name, IChannelHandler handler, ChannelHandlerContext replaced)
    {
        if (name is not null && Context(name) is { } taken && taken != replaced)
        {
            throw new ArgumentException($"The pipeline has a handler named '{name}' already.", nameof(name));
        }

        ClaimHandler(handler);
        IEventExecutor executor = ChildExecutor(group);
        return executor is null && name is null ? new ChannelHandlerContext(this, handler) : new SpecialHandlerContext(this, executor, name, handler);
    }

    private static void ClaimHandler(IChannelHandler handler)
    {
        if (handler is not ChannelHandlerAdapter adapter || adapter.IsSharable)
        {
            return;
        }

        if (adapter.Added)
        {
            throw new ChannelPipelineException($"{handler.GetType().Name} is not sharable and stands in a pipeline already: make a new one for each channel.");
        }

        adapter.Added = true;
    }

    private static void Link(ChannelHandlerContext context, ChannelHandlerContext prev, ChannelHandlerContext next)
    {
        context.Prev = prev;
        context.Next = next;
        prev.Next = context;
        next.Prev = context;
        context.NextIncoming = FirstIncoming(next);
        context.PrevOutgoing = LastOutgoing(prev);
        LeadWays(prev, FirstIncoming(context), next, LastOutgoing(context));
    }

    private static ChannelHandlerContext FirstIncoming(ChannelHandlerContext from) => from.TakesIncoming ? from : from.NextIncoming;

    private static ChannelHandlerContext LastOutgoing(ChannelHandlerContext from) => from.TakesOutgoing ? from : from.PrevOutgoing;

    /// <summary>
    /// Leads the ways over the gap between <paramref name="prev"/> and <paramref name="next"/> anew. Those who stand on a way are all who ever take
    /// part, so that a handler's coming and going changes masks only. A loop that walks meanwhile meets what is old or what is new.
    /// </summary>
    private static void LeadWays(ChannelHandlerContext prev, ChannelHandlerContext incoming, ChannelHandlerContext next, ChannelHandlerContext outgoing)
    {
        prev.NextIncoming = incoming;
        while (!prev.TakesIncoming && prev.Prev is not null)
        {
            prev = prev.Prev;
            prev.NextIncoming = incoming;
        }

        next.PrevOutgoing = outgoing;
        while (!next.TakesOutgoing && next.Next is not null)
        {
            next = next.Next;
            next.PrevOutgoing = outgoing;
        }
    }

    private void Unlink(ChannelHandlerContext context)
    {
        lock (_tail)
        {
            // Its own links stay: a handler that was taken out may still pass on what it holds.
            if (context.Prev.Next == context)
            {
                context.Prev.Next = context.Next;
                context.Next.Prev = context.Prev;
                LeadWays(context.Prev, FirstIncoming(context.Next), context.Next, LastOutgoing(context.Prev));
                _rare?.AskedNames.Remove(context);

                // From its neighbours on it follows the ways as they will be then.
                context.NextIncoming = context.Next;
                context.PrevOutgoing = context.Prev;
            }
        }
    }

    private static InvalidOperationException Empty() => new("The pipeline has no handlers.");
}
