using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Tests.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels;

public sealed class ExecutorGroupTests : LeakFreeTests
{
    private readonly SingleThreadEventExecutor _executor = new("executor", TimeSpan.FromMilliseconds(5));

    public override void Dispose()
    {
        _executor.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard).Wait(Within.Guard);
        base.Dispose();
    }

    [Fact]
    public async Task A_handler_with_a_group_misses_no_event_of_the_life_cycle()
    {
        for (int round = 0; round < 50; round++)
        {
            var slow = new Recorder();
            var channel = new LoopChannel();
            channel.Channel.Pipeline.AddFirst(_executor, slow);

            await Within.Reached(channel.Loop.RegisterAsync(channel.Channel));
            await Within.Reached(channel.Channel.CloseAsync());
            await Within.Reached(slow.Ended.Task);
            await Within.Reached(_executor.SubmitAsync(() => 0));

            Assert.Equal(["Added", "Registered", "Active", "Inactive", "Unregistered", "Removed"], slow.Events);
            await channel.DisposeAsync();
        }
    }

    [Fact]
    public async Task Its_events_run_on_its_executor_and_those_after_it_on_the_loop_in_order()
    {
        bool onExecutor = true;
        bool onLoop = true;
        await using var channel = new LoopChannel();
        channel.Channel.Pipeline.AddFirst(_executor, new Lambda
        {
            OnRead = (context, message) =>
            {
                onExecutor &= _executor.InEventLoop && context.Executor == _executor;
                context.FireChannelRead(message);
            },
        });
        channel.Recorder.OnRead = (_, _) => onLoop &= channel.Loop.InEventLoop;
        await channel.Started();

        for (int i = 0; i < 200; i++)
        {
            channel.Channel.Pipeline.FireChannelRead(i);
        }

        await channel.Turn();
        await Within.Reached(_executor.SubmitAsync(() => 0));
        await channel.Turn();

        Assert.True(onExecutor && onLoop);
        Assert.Equal(Enumerable.Range(0, 200).Select(static i => $"Read {i}"), channel.Recorder.Events);
    }

    [Fact]
    public async Task Writes_through_it_keep_their_order_and_are_flushed()
    {
        await using var channel = new LoopChannel();
        channel.Channel.Pipeline.AddFirst(_executor, new PassesWrites());
        await channel.Started();

        Task[] writes = [.. Enumerable.Range(0, 100).Select(i => channel.Channel.WriteAndFlushAsync(ScriptedChannel.Bytes($"{i},")))];
        await Within.Reached(Task.WhenAll(writes));

        Assert.Equal(string.Concat(Enumerable.Range(0, 100).Select(static i => $"{i},")), channel.Socket.Sent);
    }

    [Fact]
    public async Task All_handlers_of_one_group_in_a_channel_share_one_executor()
    {
        var group = new MultithreadEventLoopGroup(3);
        await using var channel = new LoopChannel();
        var first = new Lambda();
        var second = new Lambda();
        channel.Channel.Pipeline.AddLast(group, first, second);

        Assert.Same(channel.Channel.Pipeline.Context(first).Executor, channel.Channel.Pipeline.Context(second).Executor);
        channel.Channel.Unsafe.CloseForcibly();
        await Within.Reached(group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    public async Task A_handler_that_removed_itself_gets_none_of_the_events_that_are_on_their_way()
    {
        var reads = new List<object>();
        await using var channel = new LoopChannel();
        channel.Channel.Pipeline.AddFirst(_executor, new Lambda
        {
            OnRead = (context, message) =>
            {
                reads.Add(message);
                context.Channel.Pipeline.Remove(context.Handler);
            },
        });
        await channel.Started();

        await Within.Reached(channel.Loop.SubmitAsync(() =>
        {
            channel.Channel.Pipeline.FireChannelRead("one");
            channel.Channel.Pipeline.FireChannelRead("two");
            return 0;
        }));
        await Within.Reached(_executor.SubmitAsync(() => 0));
        await channel.Turn();
        await Within.Reached(_executor.SubmitAsync(() => 0));
        await channel.Turn();

        Assert.Equal(["one"], reads);
        Assert.Equal(["Read two"], channel.Recorder.Events);
    }

    [Fact]
    public async Task An_executor_that_ended_before_the_channel_does_not_stop_the_loop_in_its_work()
    {
        await using var channel = new LoopChannel();
        channel.Channel.Pipeline.AddFirst(_executor, new Lambda());
        await channel.Started();
        await Within.Reached(_executor.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

        await Within.Reached(channel.Loop.SubmitAsync(() => channel.Channel.Pipeline.FireChannelRead(ScriptedChannel.Bytes("lost"))));
        await Within.Reached(channel.Channel.CloseAsync());

        Assert.False(channel.Channel.Open);
    }

    private sealed class PassesWrites : ChannelHandlerAdapter
    {
        public override Task WriteAsync(IChannelHandlerContext context, object message) => context.WriteAsync(message);

        public override void Flush(IChannelHandlerContext context) => context.Flush();
    }
}
