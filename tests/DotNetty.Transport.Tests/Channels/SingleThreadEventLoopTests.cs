using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.Tests.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels;

public sealed class SingleThreadEventLoopTests : LeakFreeTests
{
    [Fact]
    public async Task Counts_the_channels_it_serves()
    {
        await using LoopChannel channel = await new LoopChannel().Started();
        int during = channel.Loop.ChannelCount;

        await Within.Reached(channel.Channel.CloseAsync());
        await channel.Turn();

        Assert.Equal((1, 0), (during, channel.Loop.ChannelCount));
    }

    [Fact]
    public async Task Its_end_closes_what_is_left_by_FIN_where_nothing_waits()
    {
        LoopChannel channel = await new LoopChannel().Started();

        await channel.DisposeAsync();

        Assert.True(channel.Socket is { Closed: true, OutputShutdown: true, WasReset: false });
        Assert.Equal(["Inactive", "Unregistered", "Removed"], channel.Recorder.Events);
        Assert.True(channel.Channel.CloseCompletion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Its_end_sends_what_was_flushed_as_far_as_that_needs_no_waiting_and_resets_the_rest()
    {
        LoopChannel channel = await new LoopChannel().Started();
        channel.Socket.Answers(TransportResult.WouldBlock, TransportResult.WouldBlock);
        Task write = channel.Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("stuck"));
        await channel.Turn();

        await channel.DisposeAsync();

        Assert.True(channel.Socket is { Closed: true, WasReset: true });
        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(write));
    }

    [Fact]
    public async Task A_channel_is_active_through_the_quiet_period()
    {
        LoopChannel channel = await new LoopChannel().Started();
        Task ending = channel.Loop.ShutdownGracefullyAsync(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));

        Task write = channel.Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("still"));
        await Within.Reached(write);
        await Within.Reached(ending);

        Assert.Equal("still", channel.Socket.Sent);
    }

    [Fact]
    public async Task A_group_hands_channels_to_its_loops_in_turn()
    {
        var group = new MultithreadEventLoopGroup(3);
        IEventLoop[] loops = [.. Enumerable.Range(0, 6).Select(_ => ((IEventLoopGroup)group).GetNext())];

        Assert.Equal(3, loops.Distinct().Count());
        Assert.Equal(loops[..3], loops[3..]);
        Assert.Equal(group.Items.ToHashSet(), loops.ToHashSet());
        Assert.All(loops, loop => Assert.Same(group, loop.Parent));
        await Within.Reached(group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
        Assert.True(group.IsTerminated && group.IsShutdown && group.IsShuttingDown);
        Assert.True(group.TerminationCompletion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_group_with_a_quiet_period_ends_long_before_its_timeout()
    {
        var group = new MultithreadEventLoopGroup(2);

        await Within.Reached(group.ShutdownGracefullyAsync(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30)));

        Assert.True(group.IsTerminated);
    }

    [Fact]
    public async Task A_group_has_as_many_loops_as_its_factory_was_asked_for()
    {
        int made = 0;
        var group = new MultithreadEventLoopGroup(parent => new SingleThreadEventLoop(parent, $"loop-{++made}"), 2);

        Assert.Equal(2, made);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultithreadEventLoopGroup(0));
        await Within.Reached(group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    public async Task An_await_in_a_handler_resumes_on_the_channels_loop()
    {
        var resumed = new TaskCompletionSource<bool>();
        await using LoopChannel channel = await new LoopChannel().Started();
        channel.Recorder.OnUserEvent = (context, _) => _ = Wait(context);

        channel.Channel.Pipeline.FireUserEventTriggered("go");

        Assert.True(await Within.Reached(resumed.Task));

        async Task Wait(IChannelHandlerContext context)
        {
            await Task.Run(static () => { });
            resumed.SetResult(context.Executor.InEventLoop);
        }
    }

    [Fact]
    public async Task A_continuation_of_a_write_in_a_handler_runs_on_the_channels_loop()
    {
        var ran = new TaskCompletionSource<bool>();
        await using LoopChannel channel = await new LoopChannel().Started();
        channel.Recorder.OnUserEvent = (context, _) =>
            _ = context.WriteAndFlushAsync(ScriptedChannel.Bytes("a")).ContinueWith(_ => ran.SetResult(context.Executor.InEventLoop));

        channel.Channel.Pipeline.FireUserEventTriggered("go");

        Assert.True(await Within.Reached(ran.Task));
    }
}
