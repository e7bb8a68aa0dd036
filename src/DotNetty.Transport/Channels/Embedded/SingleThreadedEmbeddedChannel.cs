#nullable disable
using System.Net;
using System.Runtime.ExceptionServices;
using DotNetty.Buffers;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels.Embedded;

/// <summary>
/// A channel without a network on a loop with a thread: for tests of handlers that schedule, wait or hop. What a test asks of it is done on the
/// loop before the call returns; on the loop itself, at once. A loop it was not given is its own and ends after the channel is closed.
/// </summary>
public partial class SingleThreadedEmbeddedChannel : AbstractChannel, IEmbeddedChannel
{
    private static readonly ChannelMetadata WithDisconnect = new(true);
    private static readonly ChannelMetadata WithoutDisconnect = new(false);

    private readonly IEventLoop _loop;
    private readonly IChannelConfiguration _configuration;
    private readonly Queue<object> _inbound = new();
    private readonly Queue<object> _outbound = new();
    private Exception _exception;
    private volatile State _state;

    public SingleThreadedEmbeddedChannel(IEventLoop eventLoop = null)
        : this(EmbeddedChannelId.Instance, eventLoop)
    {
    }

    public SingleThreadedEmbeddedChannel(IEventLoop eventLoop = null, params IChannelHandler[] handlers)
        : this(EmbeddedChannelId.Instance, eventLoop, handlers)
    {
    }

    public SingleThreadedEmbeddedChannel(IChannelId channelId, IEventLoop eventLoop = null)
        : this(channelId, eventLoop, [])
    {
    }

    public SingleThreadedEmbeddedChannel(IChannelId id, IEventLoop eventLoop = null, params IChannelHandler[] handlers)
        : this(id, false, eventLoop, handlers)
    {
    }

    public SingleThreadedEmbeddedChannel(IChannelId id, bool hasDisconnect, IEventLoop eventLoop = null, params IChannelHandler[] handlers)
        : this(id, hasDisconnect, true, eventLoop, handlers)
    {
    }

    public SingleThreadedEmbeddedChannel(IChannelId id, bool hasDisconnect, bool register, IEventLoop eventLoop = null, params IChannelHandler[] handlers)
        : this(id, hasDisconnect, register, null, eventLoop, handlers)
    {
    }

    public SingleThreadedEmbeddedChannel(
        IChannelId id, bool hasDisconnect, IChannelConfiguration config, IEventLoop eventLoop = null, params IChannelHandler[] handlers)
        : this(id, hasDisconnect, true, config ?? throw new ArgumentNullException(nameof(config)), eventLoop, handlers)
    {
    }

    private SingleThreadedEmbeddedChannel(
        IChannelId id, bool hasDisconnect, bool register, IChannelConfiguration config, IEventLoop eventLoop, IChannelHandler[] handlers)
        : base(null, id)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        Metadata = hasDisconnect ? WithDisconnect : WithoutDisconnect;
        _configuration = config ?? new DefaultChannelConfiguration(this);
        _loop = eventLoop ?? OwnLoop();
        Pipeline.AddLast(new ActionChannelInitializer<IChannel>(channel => channel.Pipeline.AddLast([.. handlers.TakeWhile(static handler => handler is not null)])));
        if (register)
        {
            Register();
        }
    }

    private enum State
    {
        Open,
        Active,
        Closed,
    }

    /// <summary>What has reached the end of the pipeline. Look at it while the loop rests, or on the loop.</summary>
    public Queue<object> InboundMessages => _inbound;

    /// <summary>What has reached the transport. Look at it while the loop rests, or on the loop.</summary>
    public Queue<object> OutboundMessages => _outbound;

    public override ChannelMetadata Metadata { get; }

    public override IChannelConfiguration Configuration => _configuration;

    public override bool Open => _state != State.Closed;

    public override bool Active => _state == State.Active && !Closing;

    protected override EndPoint LocalAddressInternal => Active ? EmbeddedSocketAddress.Instance : null;

    protected override EndPoint RemoteAddressInternal => Active ? EmbeddedSocketAddress.Instance : null;

    /// <summary>Registers a channel that was made unregistered.</summary>
    public void Register()
    {
        _loop.RegisterAsync(this).GetAwaiter().GetResult();

        // Initializers and what they brought about run behind the registration.
        OnLoopNow(static () => true);
        CheckException();
    }

    public T ReadInbound<T>() => OnLoopNow(() => _inbound.TryDequeue(out object message) ? (T)message : default);

    public T ReadOutbound<T>() => OnLoopNow(() => _outbound.TryDequeue(out object message) ? (T)message : default);

    public bool WriteInbound(params object[] msgs)
    {
        EnsureOpen();
        bool any = OnLoopNow(() =>
        {
            foreach (object msg in msgs)
            {
                CountReceived(msg is IByteBuffer buffer ? buffer.ReadableBytes : 0);
                Pipeline.FireChannelRead(msg);
            }

            if (msgs.Length > 0)
            {
                Pipeline.FireChannelReadComplete();
            }

            return _inbound.Count > 0;
        });
        CheckException();
        return any;
    }

    public bool WriteOutbound(params object[] msgs)
    {
        EnsureOpen();
        bool any = OnLoopNow(() =>
        {
            Task[] writes = [.. msgs.Select(WriteAsync)];
            Flush();
            RecordException(Array.Find(writes, static write => write.IsFaulted)?.Exception.InnerException);
            return _outbound.Count > 0;
        });
        CheckException();
        return any;
    }

    public bool Finish()
    {
        Task closing = CloseAsync();
        if (!_loop.InEventLoop)
        {
            closing.GetAwaiter().GetResult();
        }

        CheckException();
        return _inbound.Count > 0 || _outbound.Count > 0;
    }

    /// <summary>Closes the channel and releases what nobody read.</summary>
    public bool FinishAndReleaseAll()
    {
        bool any = Finish();
        ReleaseInbound();
        ReleaseOutbound();
        return any;
    }

    public bool ReleaseInbound() => OnLoopNow(() => ReleaseAll(_inbound));

    public bool ReleaseOutbound() => OnLoopNow(() => ReleaseAll(_outbound));

    // Virtual in the contract; the base does what is needed.
    public override Task CloseAsync() => base.CloseAsync();

    public override Task DisconnectAsync() => base.DisconnectAsync();

    /// <summary>Throws the first exception that nobody handled since the last check.</summary>
    public void CheckException()
    {
        if (Interlocked.Exchange(ref _exception, null) is { } exception)
        {
            ExceptionDispatchInfo.Throw(exception);
        }
    }

    protected void EnsureOpen()
    {
        if (!Open)
        {
            RecordException(new ClosedChannelException());
            CheckException();
        }
    }

    private static bool ReleaseAll(Queue<object> queue)
    {
        bool any = queue.Count > 0;
        while (queue.TryDequeue(out object message))
        {
            ReferenceCountUtil.Release(message);
        }

        return any;
    }

    private SingleThreadEventLoop OwnLoop()
    {
        var loop = new SingleThreadEventLoop("embedded");
        _ = CloseCompletion.ContinueWith(
            static (_, loop) => ((IEventLoop)loop).ShutdownGracefullyAsync(TimeSpan.Zero, TimeSpan.FromSeconds(1)),
            loop,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return loop;
    }

    // Once the channel is closed nobody else is there to disturb, and its loop may have ended.
    private T OnLoopNow<T>(Func<T> work) =>
        _loop.InEventLoop || CloseCompletion.IsCompleted ? work() : _loop.SubmitAsync(work).GetAwaiter().GetResult();

    // The first one tells; what it brought about comes after it.
    private void RecordException(Exception exception) => Interlocked.CompareExchange(ref _exception, exception, null);
}
