#nullable disable
using DotNetty.Buffers;
using DotNetty.Common;
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels;

/// <summary>One thread that serves the channels registered with it. Sockets report what happened to them by giving it work.</summary>
public class SingleThreadEventLoop : SingleThreadEventExecutor, IEventLoop, IChannelRegistry
{
    private const string DefaultThreadName = "event-loop";

    // What the system tells of sockets comes by other threads, for which a single processor must be left.
    private static readonly int MostSpinning = Environment.ProcessorCount / 2;
    private static readonly TimeSpan LongestLook = TimeSpan.FromMicroseconds(50);

    private readonly ChannelSet _channels = new();
    private readonly Func<bool> _look;
    private BufferArena _arena;

    public SingleThreadEventLoop()
        : this(null, DefaultThreadName)
    {
    }

    public SingleThreadEventLoop(IEventLoopGroup parent)
        : this(parent, DefaultThreadName)
    {
    }

    public SingleThreadEventLoop(string threadName)
        : this(null, threadName)
    {
    }

    public SingleThreadEventLoop(IEventLoopGroup parent, string threadName)
        : this(parent, threadName, DefaultBreakoutInterval)
    {
    }

    public SingleThreadEventLoop(string threadName, TimeSpan breakoutInterval)
        : this(null, threadName, breakoutInterval)
    {
    }

    public SingleThreadEventLoop(IEventLoopGroup parent, string threadName, TimeSpan breakoutInterval)
        : this(parent, threadName, breakoutInterval, new SpinBudget(MostSpinning, LongestLook))
    {
    }

    private protected SingleThreadEventLoop(IEventLoopGroup parent, string threadName, TimeSpan breakoutInterval, SpinBudget spinBudget)
        : base(parent, threadName, breakoutInterval)
    {
        SpinBudget = spinBudget;
        _look = () =>
        {
            Thread.Yield();
            return !IsBacklogEmpty;
        };
    }

    public new IEventLoopGroup Parent => (IEventLoopGroup)base.Parent;

    IEnumerable<IEventLoop> IEventLoopGroup.Items => [this];

    public new IEnumerable<IEventLoop> Items => [this];

    /// <summary>The number of channels registered just now.</summary>
    public int ChannelCount { get; private set; }

    /// <summary>The channels registered with it. On the loop only, and for at once: it changes with every connection.</summary>
    public IReadOnlyCollection<IChannel> Channels => _channels;

    private protected SpinBudget SpinBudget { get; }

    internal LoopBuffers Buffers { get; } = new();

    public new IEventLoop GetNext() => this;

    public Task RegisterAsync(IChannel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.Unsafe.RegisterAsync(this);
    }

    void IChannelRegistry.Add(AbstractChannel channel)
    {
        _channels.Add(channel);
        ChannelCount = _channels.Count;
    }

    void IChannelRegistry.Remove(AbstractChannel channel)
    {
        _channels.Remove(channel);
        ChannelCount = _channels.Count;
    }

    private protected override bool Look() => SpinBudget.Spin(_look);

    private protected override void OnWaited(PreciseTimeSpan wait) => SpinBudget.Waited(wait);

    /// <summary>Buffers that this thread allocates come from its own arena.</summary>
    private protected override void OnStarted() => _arena = PooledByteBufferAllocator.AttachToCurrentThread();

    /// <summary>Storage of a burst that is over goes back to the system, a few MiB at a time.</summary>
    private protected override bool OnIdle() => _arena.Trim();

    /// <summary>Closes the channels that are still registered: nothing is left half open.</summary>
    protected override void Cleanup()
    {
        CloseChannels();
        base.Cleanup();
    }

    /// <summary>Closes what was registered in the very last moment, and gives the arena back: no work can come any more.</summary>
    private protected override void OnTerminated()
    {
        CloseChannels();
        _arena?.Dispose();
    }

    private void CloseChannels()
    {
        foreach (AbstractChannel channel in _channels.ToArray())
        {
            channel.CloseWithLoop();
        }

        Buffers.Release();
    }
}
