#nullable disable
using System.Collections;
using DotNetty.Common.Concurrency;
using DotNetty.Common.Internal.Logging;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>
/// The list of handlers of one channel.
/// <code>
///   transport ─▶ head ─▶ handler 1 ─▶ handler 2 ─▶ … ─▶ tail     inbound events
///   transport ◀─ head ◀─ handler 1 ◀─ handler 2 ◀─ … ◀─ tail     outbound operations
/// </code>
/// </summary>
public partial class DefaultChannelPipeline : IChannelPipeline
{
    private static readonly IInternalLogger Logger = InternalLoggerFactory.GetInstance<DefaultChannelPipeline>();
    private static readonly object StartedMark = new();

    private readonly IChannel _channel;
    private IChannelUnsafe _transport;
    private readonly ChannelHandlerContext _head;

    // Guards the links too: a lock of its own would be 40 bytes of every idle connection.
    private readonly ChannelHandlerContext _tail;
    private Rarities _rare;
    private volatile IEventLoop _loop;

    // The same, where it is one of ours.
    private volatile SingleThreadEventExecutor _thread;

    // Who is to be told once there is a loop: nobody, one (mostly: the initializer of what was accepted), a list of more; the mark once there was one.
    private volatile object _waiting;

    public DefaultChannelPipeline(IChannel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        _channel = channel;
        _tail = new ChannelHandlerContext(this, TailHandler.Default).Open();
        _head = new ChannelHandlerContext(this, HeadHandler.Default).Open();
        _head.Next = _head.NextIncoming = _tail;
        _tail.Prev = _tail.PrevOutgoing = _head;
    }

    public IChannel Channel => _channel;

    /// <summary>Takes what no handler consumed. May be exchanged on the channel's loop, at any time.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public TailHandler Tail
    {
        get => (TailHandler)_tail.Handler;
        set => _tail.ExchangeTail(value ?? throw new ArgumentNullException(nameof(value)));
    }

    // Kept: on the hot path the way over the channel is a call of an interface.
    internal IChannelUnsafe Transport => _transport ??= _channel.Unsafe;

    /// <summary>Before the channel was given to a loop, and once it has been closed to the end, every thread may act for it.</summary>
    internal bool InEventLoop => _thread is { } thread ? thread.IsCurrent : InOtherLoop;

    private bool InOtherLoop => _loop is { } loop ? ExecutionEnvironment.IsCurrent(loop) || loop.InEventLoop : ActsAnywhere;

    private bool ActsAnywhere => _channel is AbstractChannel || !_channel.Registered || _channel.EventLoop.InEventLoop;

    public sealed override string ToString() => $"{StringUtil.SimpleClassName(this)}{{{string.Join(", ", Contexts().Select(c => c.Name))}}}";

    public IEnumerator<IChannelHandler> GetEnumerator() => Contexts().Select(static context => context.Handler).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>True once the channel has been registered and the handlers were told.</summary>
    internal bool Started => _waiting == StartedMark;

    /// <summary>Called by the transport when the channel is given to a loop, before it is registered there; null when it has left it for good.</summary>
    internal void UseLoop(IEventLoop loop)
    {
        _thread = loop as SingleThreadEventExecutor;
        _loop = loop;
    }

    /// <summary>Called by the transport once the channel has a loop: those who were added before are told now.</summary>
    internal void CallPendingHandlerAdded()
    {
        object waiting;
        lock (_tail)
        {
            waiting = _waiting;
            _waiting = StartedMark;
        }

        if (waiting is ChannelHandlerContext one)
        {
            one.Join();
        }
        else
        {
            (waiting as List<ChannelHandlerContext>)?.ForEach(static context => context.Join());
        }
    }

    /// <summary>Called by the transport when the channel has been closed to the end: takes all handlers out, last to first.</summary>
    internal void Destroy()
    {
        while (_tail.Prev != _head)
        {
            RemoveContext(_tail.Prev);
        }
    }

    internal void RemoveFailed(ChannelHandlerContext context, Exception cause)
    {
        Unlink(context);
        context.CallHandlerRemoved();
        FireExceptionCaught(new ChannelPipelineException($"{context.Handler.GetType().Name}.HandlerAdded raised an exception; the handler was removed.", cause));
    }

    /// <summary>Names are made when somebody asks: most handlers of most connections are never called by one.</summary>
    internal string NameOf(ChannelHandlerContext context)
    {
        lock (_tail)
        {
            Dictionary<ChannelHandlerContext, string> asked = (_rare ??= new Rarities()).AskedNames;
            if (!asked.TryGetValue(context, out string name))
            {
                name = FreeName(context.Handler);
                if (!context.Removed)
                {
                    asked.Add(context, name);
                }
            }

            return name;
        }
    }

    /// <summary>An exception that no handler caught.</summary>
    protected virtual void OnUnhandledInboundException(Exception cause) =>
        Logger.Warn($"An exception reached the end of the pipeline of {_channel}: the last handler should override ExceptionCaught.", cause);

    /// <summary>A message that no handler consumed; released here.</summary>
    protected virtual void OnUnhandledInboundMessage(object msg)
    {
        Logger.Debug("A message of type {} reached the end of the pipeline of {} and was dropped.", msg.GetType(), _channel);
        if (msg is IChannel { Registered: false } child)
        {
            // Accepted, and nobody wants to serve it: it would hold its descriptor until it is collected.
            child.Unsafe.CloseForcibly();
        }

        ReferenceCountUtil.Release(msg);
    }

    internal void UnhandledException(Exception cause) => OnUnhandledInboundException(cause);

    internal void UnhandledMessage(object msg) => OnUnhandledInboundMessage(msg);

    private IEnumerable<ChannelHandlerContext> Contexts()
    {
        for (ChannelHandlerContext context = _head.Next; context != _tail; context = context.Next)
        {
            yield return context;
        }
    }

    /// <summary>Remembers who is to be told later; under the lock.</summary>
    /// <returns>False when there is, or was, a loop: then it is to be told now.</returns>
    private bool WaitsForLoop(ChannelHandlerContext context)
    {
        switch (_waiting)
        {
            case null:
                _waiting = context;
                return true;
            case ChannelHandlerContext first:
                _waiting = new List<ChannelHandlerContext> { first, context };
                return true;
            case List<ChannelHandlerContext> list:
                list.Add(context);
                return true;
            default:
                return false;
        }
    }

    private string FreeName(IChannelHandler handler)
    {
        string type = StringUtil.SimpleClassName(handler);
        for (int i = 0; ; i++)
        {
            string name = $"{type}#{i}";
            if (!Contexts().Any(context => NameOrNull(context) == name))
            {
                return name;
            }
        }
    }

    private string NameOrNull(ChannelHandlerContext context) => context.GivenName ?? _rare?.AskedNames.GetValueOrDefault(context);

    private IEventExecutor ChildExecutor(IEventExecutorGroup group)
    {
        if (group is null)
        {
            return null;
        }

        // All contexts of one group share one executor, so that their events keep their order.
        Dictionary<IEventExecutorGroup, IEventExecutor> executors = (_rare ??= new Rarities()).ChildExecutors;
        if (!executors.TryGetValue(group, out IEventExecutor executor))
        {
            executor = group.GetNext();
            executors.Add(group, executor);
        }

        return executor;
    }

    /// <summary>What few pipelines need.</summary>
    private sealed class Rarities
    {
        public readonly Dictionary<IEventExecutorGroup, IEventExecutor> ChildExecutors = [];

        /// <summary>Names made for those who asked, of handlers that were added by none and are still here.</summary>
        public readonly Dictionary<ChannelHandlerContext, string> AskedNames = [];
    }
}
