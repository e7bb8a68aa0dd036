#nullable disable
using System.Net;
using System.Runtime.ExceptionServices;
using DotNetty.Buffers;
using DotNetty.Common;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels.Embedded;

/// <summary>
/// A channel without a network, for tests: what comes in is written into it, what goes out is read from it, work runs on the test's thread,
/// and time moves by <see cref="AdvanceTimeBy"/> alone.
/// </summary>
public partial class EmbeddedChannel : AbstractChannel, IEmbeddedChannel
{
    private static readonly ChannelMetadata WithDisconnect = new(true);
    private static readonly ChannelMetadata WithoutDisconnect = new(false);

    private readonly EmbeddedEventLoop _loop = new();
    private readonly IChannelConfiguration _configuration;
    private Queue<object> _inbound;
    private Queue<object> _outbound;
    private Exception _exception;
    private State _state;

    public EmbeddedChannel()
        : this(EmbeddedChannelId.Instance)
    {
    }

    public EmbeddedChannel(params IChannelHandler[] handlers)
        : this(EmbeddedChannelId.Instance, handlers)
    {
    }

    public EmbeddedChannel(IChannelId channelId)
        : this(channelId, [])
    {
    }

    public EmbeddedChannel(IChannelId id, params IChannelHandler[] handlers)
        : this(id, false, handlers)
    {
    }

    public EmbeddedChannel(IChannelId id, bool hasDisconnect, params IChannelHandler[] handlers)
        : this(id, hasDisconnect, true, handlers)
    {
    }

    public EmbeddedChannel(IChannelId id, bool hasDisconnect, bool register, params IChannelHandler[] handlers)
        : base(null, id)
    {
        Metadata = hasDisconnect ? WithDisconnect : WithoutDisconnect;
        _configuration = new DefaultChannelConfiguration(this);
        Setup(register, handlers);
    }

    public EmbeddedChannel(IChannelId id, bool hasDisconnect, IChannelConfiguration config, params IChannelHandler[] handlers)
        : base(null, id)
    {
        ArgumentNullException.ThrowIfNull(config);
        Metadata = hasDisconnect ? WithDisconnect : WithoutDisconnect;
        _configuration = config;
        Setup(true, handlers);
    }

    private enum State
    {
        Open,
        Active,
        Closed,
    }

    public Queue<object> InboundMessages => _inbound ??= new Queue<object>();

    public Queue<object> OutboundMessages => _outbound ??= new Queue<object>();

    /// <summary>True while the pipeline has asked for a read that no message has answered yet.</summary>
    public bool ReadPending { get; private set; }

    public override ChannelMetadata Metadata { get; }

    public override IChannelConfiguration Configuration => _configuration;

    public override bool Open => _state != State.Closed;

    public override bool Active => _state == State.Active && !Closing;

    protected override EndPoint LocalAddressInternal => Active ? EmbeddedSocketAddress.Instance : null;

    protected override EndPoint RemoteAddressInternal => Active ? EmbeddedSocketAddress.Instance : null;

    /// <summary>Registers a channel that was made unregistered.</summary>
    public void Register() => _ = _loop.RegisterAsync(this);

    public T ReadInbound<T>() => Take<T>(_inbound);

    public T ReadOutbound<T>() => Take<T>(_outbound);

    public bool WriteInbound(params object[] msgs)
    {
        EnsureOpen();
        if (msgs.Length == 0)
        {
            return InboundMessages.Count > 0;
        }

        ReadPending = false;
        foreach (object msg in msgs)
        {
            CountReceived(msg is IByteBuffer buffer ? buffer.ReadableBytes : 0);
            Pipeline.FireChannelRead(msg);
        }

        Pipeline.FireChannelReadComplete();
        RunPendingTasks();
        CheckException();
        return InboundMessages.Count > 0;
    }

    public bool WriteOutbound(params object[] msgs)
    {
        EnsureOpen();
        var writes = new List<Task>(msgs.Length);
        foreach (object msg in msgs)
        {
            writes.Add(WriteAsync(msg));
        }

        Flush();
        RunPendingTasks();
        foreach (Task write in writes)
        {
            RecordException(write.Exception?.InnerException);
        }

        CheckException();
        return OutboundMessages.Count > 0;
    }

    public bool Finish()
    {
        _ = CloseAsync();
        CheckException();
        return (_inbound?.Count ?? 0) > 0 || (_outbound?.Count ?? 0) > 0;
    }

    /// <summary>Closes the channel and releases what nobody read.</summary>
    public bool FinishAndReleaseAll()
    {
        bool any = Finish();
        ReleaseInbound();
        ReleaseOutbound();
        return any;
    }

    public bool ReleaseInbound() => ReleaseAll(_inbound);

    public bool ReleaseOutbound() => ReleaseAll(_outbound);

    public override Task CloseAsync()
    {
        Task closing = base.CloseAsync();
        RunPendingTasks();
        if (!Open)
        {
            _loop.CancelScheduledTasks();
            _loop.Buffers.Release();
        }

        return closing;
    }

    public override Task DisconnectAsync()
    {
        Task disconnecting = base.DisconnectAsync();
        RunPendingTasks();
        return disconnecting;
    }

    /// <summary>Runs queued work and the timers that are due.</summary>
    public void RunPendingTasks()
    {
        try
        {
            _loop.RunTasks();
            _loop.RunScheduledTasks();
        }
        catch (Exception fault)
        {
            RecordException(fault);
        }
    }

    /// <returns>How long until the next timer; −1 tick when there is none.</returns>
    public PreciseTimeSpan RunScheduledPendingTasks() => _loop.RunScheduledTasks();

    /// <summary>Moves the channel's clock; timers on the way run in order, each at its own time.</summary>
    public void AdvanceTimeBy(TimeSpan time) => _loop.AdvanceTimeBy(time);

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

    private static T Take<T>(Queue<object> queue) => queue is not null && queue.TryDequeue(out object message) ? (T)message : default;

    private static bool ReleaseAll(Queue<object> queue)
    {
        bool any = false;
        while (queue is not null && queue.TryDequeue(out object message))
        {
            ReferenceCountUtil.Release(message);
            any = true;
        }

        return any;
    }

    private void Setup(bool register, IChannelHandler[] handlers)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        Pipeline.AddLast(new ActionChannelInitializer<IChannel>(channel =>
        {
            foreach (IChannelHandler handler in handlers.TakeWhile(static handler => handler is not null))
            {
                channel.Pipeline.AddLast(handler);
            }
        }));
        if (register)
        {
            Register();
            CheckException();
        }
    }

    // The first one tells; what it brought about comes after it.
    private void RecordException(Exception exception) => _exception ??= exception;
}
