#nullable disable
using System.Net;
using DotNetty.Buffers;
using DotNetty.Common;
using DotNetty.Common.Internal.Logging;
using DotNetty.Common.Utilities;
using TaskCompletionSource = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Transport.Channels;

/// <summary>What all channels have in common: a pipeline, a loop for life, addresses, the waiting writes, and one way to close.</summary>
public abstract partial class AbstractChannel : DefaultAttributeMap, IChannel
{
    private static readonly IInternalLogger Logger = InternalLoggerFactory.GetInstance<AbstractChannel>();

    private readonly DefaultChannelPipeline _pipeline;
    private readonly IChannelUnsafe _unsafe;
    private readonly ChannelOutboundBuffer _outbound;
    private IChannelId _id;
    private EndPoint _localAddress;
    private EndPoint _remoteAddress;
    private volatile IEventLoop _eventLoop;
    private volatile bool _registered;

    protected AbstractChannel(IChannel parent)
        : this(parent, null)
    {
    }

    protected AbstractChannel(IChannel parent, IChannelId id)
    {
        Parent = parent;
        _id = id;
        _outbound = new ChannelOutboundBuffer(this);
        _unsafe = NewUnsafe();
        _pipeline = NewChannelPipeline();
    }

    public IChannel Parent { get; }

    public IChannelId Id => _id ?? Interlocked.CompareExchange(ref _id, NewId(), null) ?? _id;

    public IChannelPipeline Pipeline => _pipeline;

    public IChannelUnsafe Unsafe => _unsafe;

    public IByteBufferAllocator Allocator => Configuration.Allocator;

    /// <exception cref="InvalidOperationException">The channel was never registered with a loop.</exception>
    public IEventLoop EventLoop => _eventLoop ?? throw new InvalidOperationException("The channel is not registered with an event loop.");

    public abstract bool Open { get; }

    public abstract bool Active { get; }

    public abstract ChannelMetadata Metadata { get; }

    public abstract IChannelConfiguration Configuration { get; }

    public bool Registered => _registered;

    public bool IsWritable => !_closing && _outbound.IsWritable;

    public EndPoint LocalAddress => _localAddress ?? CacheLocalAddress();

    public EndPoint RemoteAddress => _remoteAddress ?? CacheRemoteAddress();

    /// <summary>Bytes received from the network so far.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>Bytes given to the network so far.</summary>
    public long BytesSent { get; private set; }

    /// <summary>When bytes were last received, on the loop's clock; zero before the first.</summary>
    public PreciseTimeSpan LastReceived { get; private set; }

    /// <summary>When bytes were last sent, on the loop's clock; zero before the first.</summary>
    public PreciseTimeSpan LastSent { get; private set; }

    /// <summary>When the oldest message that still waits to be sent was written, on the loop's clock; null when none waits. On the loop only.</summary>
    public PreciseTimeSpan? OldestUnsent => _outbound.OldestTicks == 0 ? null : PreciseTimeSpan.FromTicks(_outbound.OldestTicks);

    protected abstract EndPoint LocalAddressInternal { get; }

    protected abstract EndPoint RemoteAddressInternal { get; }

    /// <summary>Where its loop's <see cref="ChannelSet"/> keeps it; that one's alone.</summary>
    internal int LoopPlace { get; set; }

    internal long NowTicks => _eventLoop is { } loop ? loop.Now.Ticks : PreciseTimeSpan.FromStart.Ticks;

    public virtual Task BindAsync(EndPoint localAddress) => _pipeline.BindAsync(localAddress);

    public virtual Task ConnectAsync(EndPoint remoteAddress) => _pipeline.ConnectAsync(remoteAddress);

    public virtual Task ConnectAsync(EndPoint remoteAddress, EndPoint localAddress) => _pipeline.ConnectAsync(remoteAddress, localAddress);

    public virtual Task DisconnectAsync() => _pipeline.DisconnectAsync();

    public virtual Task CloseAsync() => _pipeline.CloseAsync();

    public Task DeregisterAsync() => _pipeline.DeregisterAsync();

    public IChannel Read()
    {
        _pipeline.Read();
        return this;
    }

    public Task WriteAsync(object msg) => _pipeline.WriteAsync(msg);

    public void Write(object message) => _pipeline.Write(message);

    public IChannel Flush()
    {
        _pipeline.Flush();
        return this;
    }

    public Task WriteAndFlushAsync(object message) => _pipeline.WriteAndFlushAsync(message);

    public int CompareTo(IChannel o) => ReferenceEquals(this, o) ? 0 : Id.CompareTo(o?.Id);

    public override bool Equals(object o) => ReferenceEquals(this, o);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    public override string ToString() => $"[{Id.AsShortText()} {LocalAddress} {(Active ? "-" : "!")} {(RemoteAddress is { } remote ? PeerText.Of(remote) : "")}]";

    internal int SizeOf(object message)
    {
        IMessageSizeEstimator estimator = Configuration.MessageSizeEstimator;
        return estimator == DefaultMessageSizeEstimator.Default && message is IByteBuffer buffer
            ? buffer.ReadableBytes
            : estimator.NewHandle().Size(message);
    }

    internal void AddPendingElsewhere(int bytes) => _outbound.AddPendingElsewhere(bytes);

    internal void PendingArrived(long bytes) => _outbound.PendingArrived(bytes);

    internal void JudgePending() => OnLoop(static channel => channel._outbound.Relieve());

    internal void FireWritabilityChanged() => OnLoop(static channel => channel._pipeline.FireChannelWritabilityChanged());

    protected virtual IChannelId NewId() => DefaultChannelId.NewInstance();

    protected virtual DefaultChannelPipeline NewChannelPipeline() => new(this);

    protected abstract IChannelUnsafe NewUnsafe();

    protected abstract bool IsCompatible(IEventLoop eventLoop);

    protected virtual void DoRegister()
    {
    }

    protected virtual void DoDeregister()
    {
    }

    protected abstract void DoBind(EndPoint localAddress);

    protected abstract void DoDisconnect();

    /// <summary>Closes the descriptor, or what stands for it.</summary>
    protected abstract void DoClose();

    /// <summary>The pipeline asks for one read.</summary>
    protected abstract void DoBeginRead();

    /// <summary>Sends what was flushed, as far as possible now.</summary>
    protected abstract void DoWrite(ChannelOutboundBuffer input);

    /// <summary>Turns a message into one the transport can send.</summary>
    /// <exception cref="NotSupportedException">It cannot.</exception>
    protected virtual object FilterOutboundMessage(object msg) => msg;

    protected EndPoint CacheLocalAddress() => Cache(ref _localAddress, static channel => channel.LocalAddressInternal);

    protected EndPoint CacheRemoteAddress() => Cache(ref _remoteAddress, static channel => channel.RemoteAddressInternal);

    protected void InvalidateLocalAddress() => _localAddress = null;

    protected void InvalidateRemoteAddress() => _remoteAddress = null;

    /// <summary>Keeps the account of received bytes; transports call it once a read.</summary>
    private protected void CountReceived(int bytes)
    {
        BytesReceived += bytes;
        LastReceived = PreciseTimeSpan.FromTicks(NowTicks);
    }

    /// <summary>Keeps the account of sent bytes; transports call it once a send.</summary>
    private protected void CountSent(long bytes)
    {
        BytesSent += bytes;
        LastSent = PreciseTimeSpan.FromTicks(NowTicks);
    }

    private EndPoint Cache(ref EndPoint cached, Func<AbstractChannel, EndPoint> ask)
    {
        try
        {
            return cached = ask(this);
        }
        catch (Exception fault) when (fault is System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // A socket that is gone has no addresses any more.
            return null;
        }
    }
}
