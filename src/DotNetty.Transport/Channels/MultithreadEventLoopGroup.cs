#nullable disable
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels;

/// <summary>Event loops, each on its own thread; channels are given to them in turn.</summary>
public sealed class MultithreadEventLoopGroup : AbstractEventExecutorGroup, IEventLoopGroup
{
    private static int _groups;

    private readonly IEventLoop[] _loops;
    private uint _next;

    /// <summary>One loop per processor.</summary>
    public MultithreadEventLoopGroup()
        : this(Environment.ProcessorCount)
    {
    }

    public MultithreadEventLoopGroup(int eventLoopCount)
        : this(DefaultFactory(Interlocked.Increment(ref _groups)), eventLoopCount)
    {
    }

    public MultithreadEventLoopGroup(Func<IEventLoopGroup, IEventLoop> eventLoopFactory)
        : this(eventLoopFactory, Environment.ProcessorCount)
    {
    }

    public MultithreadEventLoopGroup(Func<IEventLoopGroup, IEventLoop> eventLoopFactory, int eventLoopCount)
    {
        ArgumentNullException.ThrowIfNull(eventLoopFactory);
        ArgumentOutOfRangeException.ThrowIfLessThan(eventLoopCount, 1);
        _loops = new IEventLoop[eventLoopCount];
        for (int i = 0; i < eventLoopCount; i++)
        {
            _loops[i] = eventLoopFactory(this);
            (_loops[i] as SingleThreadEventExecutor)?.Start();
        }

        TerminationCompletion = Task.WhenAll(_loops.Select(static loop => loop.TerminationCompletion));
    }

    public override Task TerminationCompletion { get; }

    public override bool IsShutdown => _loops.All(static loop => loop.IsShutdown);

    public override bool IsTerminated => _loops.All(static loop => loop.IsTerminated);

    public override bool IsShuttingDown => _loops.All(static loop => loop.IsShuttingDown);

    public new IEnumerable<IEventLoop> Items => _loops;

    public override IEventExecutor GetNext() => NextLoop();

    IEventLoop IEventLoopGroup.GetNext() => NextLoop();

    public Task RegisterAsync(IChannel channel) => NextLoop().RegisterAsync(channel);

    public override Task ShutdownGracefullyAsync(TimeSpan quietPeriod, TimeSpan timeout)
    {
        foreach (IEventLoop loop in _loops)
        {
            _ = loop.ShutdownGracefullyAsync(quietPeriod, timeout);
        }

        return TerminationCompletion;
    }

    protected override IEnumerable<IEventExecutor> GetItems() => _loops;

    private static Func<IEventLoopGroup, IEventLoop> DefaultFactory(int group)
    {
        int number = 0;
        return parent => new SingleThreadEventLoop(parent, $"event-loop-{group}-{++number}");
    }

    private IEventLoop NextLoop() => _loops[Interlocked.Increment(ref _next) % (uint)_loops.Length];
}
