#nullable disable
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels;

/// <summary>Gives a channel made on one of the group's loops to that same loop; others are spread as the inner group does.</summary>
public class AffinitizedEventLoopGroup : AbstractEventExecutorGroup, IEventLoopGroup
{
    private readonly IEventLoopGroup _innerGroup;

    public AffinitizedEventLoopGroup(IEventLoopGroup innerGroup)
    {
        ArgumentNullException.ThrowIfNull(innerGroup);
        _innerGroup = innerGroup;
    }

    public override bool IsShutdown => _innerGroup.IsShutdown;

    public override bool IsTerminated => _innerGroup.IsTerminated;

    public override bool IsShuttingDown => _innerGroup.IsShuttingDown;

    public override Task TerminationCompletion => _innerGroup.TerminationCompletion;

    public new IEnumerable<IEventLoop> Items => _innerGroup.Items;

    public override IEventExecutor GetNext() => NextLoop();

    IEventLoop IEventLoopGroup.GetNext() => NextLoop();

    public Task RegisterAsync(IChannel channel) => NextLoop().RegisterAsync(channel);

    public override Task ShutdownGracefullyAsync(TimeSpan quietPeriod, TimeSpan timeout) => _innerGroup.ShutdownGracefullyAsync(quietPeriod, timeout);

    protected override IEnumerable<IEventExecutor> GetItems() => _innerGroup.Items;

    private IEventLoop NextLoop() =>
        ExecutionEnvironment.TryGetCurrentExecutor(out IEventExecutor current) && current is IEventLoop loop && loop.Parent == _innerGroup
            ? loop
            : _innerGroup.GetNext();
}
