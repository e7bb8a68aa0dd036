using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.Epoll;

/// <summary>Event loops on epoll, each on its own thread; takes the place of <see cref="MultithreadEventLoopGroup"/> in any bootstrap. Linux only.</summary>
public sealed class EpollEventLoopGroup : AbstractEventExecutorGroup, IEventLoopGroup
{
    private static int _groups;

    private readonly MultithreadEventLoopGroup _loops;

    /// <summary>One loop per processor.</summary>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public EpollEventLoopGroup()
        : this(Environment.ProcessorCount)
    {
    }

    /// <summary>That many loops.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    /// <exception cref="PlatformNotSupportedException">This is not Linux.</exception>
    public EpollEventLoopGroup(int eventLoopCount)
    {
        int group = Interlocked.Increment(ref _groups);
        int number = 0;
        _loops = new MultithreadEventLoopGroup(_ => new EpollEventLoop(this, $"epoll-event-loop-{group}-{++number}"), eventLoopCount);
    }

    /// <inheritdoc/>
    public override bool IsShutdown => _loops.IsShutdown;

    /// <inheritdoc/>
    public override bool IsTerminated => _loops.IsTerminated;

    /// <inheritdoc/>
    public override bool IsShuttingDown => _loops.IsShuttingDown;

    /// <inheritdoc/>
    public override Task TerminationCompletion => _loops.TerminationCompletion;

    /// <inheritdoc/>
    public new IEnumerable<IEventLoop> Items => _loops.Items;

    /// <inheritdoc/>
    public override IEventExecutor GetNext() => _loops.GetNext();

    IEventLoop IEventLoopGroup.GetNext() => ((IEventLoopGroup)_loops).GetNext();

    /// <inheritdoc/>
    public Task RegisterAsync(IChannel channel) => _loops.RegisterAsync(channel);

    /// <inheritdoc/>
    public override Task ShutdownGracefullyAsync(TimeSpan quietPeriod, TimeSpan timeout) => _loops.ShutdownGracefullyAsync(quietPeriod, timeout);

    /// <inheritdoc/>
    protected override IEnumerable<IEventExecutor> GetItems() => _loops.Items;
}
