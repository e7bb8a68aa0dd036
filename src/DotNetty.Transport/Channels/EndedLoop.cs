#nullable disable
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels;

/// <summary>
/// The loop of channels that were closed without one: it has ended and takes no work. A channel gets it in the same step in which it would have
/// got a real one, so that of a close and a registration only one can come first.
/// </summary>
internal sealed class EndedLoop : AbstractEventExecutor, IEventLoop
{
    public static readonly EndedLoop Instance = new();

    private EndedLoop()
    {
    }

    public new IEventLoopGroup Parent => null;

    public new IEnumerable<IEventLoop> Items => [this];

    public override bool IsShuttingDown => true;

    public override bool IsShutdown => true;

    public override bool IsTerminated => true;

    public override Task TerminationCompletion => Task.CompletedTask;

    public new IEventLoop GetNext() => this;

    public override bool IsInEventLoop(Thread thread) => false;

    public override void Execute(IRunnable task) => throw new RejectedExecutionException("The channel was closed before it was registered with an event loop.");

    public Task RegisterAsync(IChannel channel) => Task.FromException(new RejectedExecutionException("The event loop has ended."));

    public override Task ShutdownGracefullyAsync(TimeSpan quietPeriod, TimeSpan timeout) => Task.CompletedTask;

    protected override IEnumerable<IEventExecutor> GetItems() => [this];
}
