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
        await Start(channel);

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
        await Start(channel);

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
        await Start(channel);

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
        await Start(channel);
        await Within.Reached(_executor.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

        await Within.Reached(channel.Loop.SubmitAsync(() => channel.Channel.Pipeline.FireChannelRead(ScriptedChannel.Bytes("lost"))));
        await Within.Reached(channel.Channel.CloseAsync());

        Assert.False(channel.Channel.Open);
    }

    [Fact]
    public async Task Events_a_handler_does_not_override_do_not_overtake_those_that_wait_for_its_executor()
    {
        await using var channel = new LoopChannel();
        channel.Channel.Pipeline.AddFirst(_executor, new Lambda());
        await Start(channel);
        using var blocked = new ManualResetEventSlim();
        Task blocking = _executor.SubmitAsync(() => blocked.Wait(Within.Guard));

        await Within.Reached(channel.Loop.SubmitAsync(() =>
        {
            channel.Channel.Pipeline.FireChannelRead("message");
            channel.Channel.Pipeline.FireUserEventTriggered("event");
            channel.Channel.Pipeline.FireChannelReadComplete();
            return 0;
        }));
        await channel.Turn();
        string[] whileBlocked = channel.Recorder.Events;
        blocked.Set();
        await Within.Reached(blocking);
        await Settle(channel);

        Assert.Empty(whileBlocked);
        Assert.Equal(["Read message", "Event String", "ReadComplete"], channel.Recorder.Events);
    }

    [Fact]
    public async Task Operations_a_handler_does_not_override_do_not_overtake_its_writes()
    {
        await using var channel = new LoopChannel();
        channel.Channel.Pipeline.AddFirst(_executor, new PassesWritesAlone());
        await Start(channel);

        Task write = channel.Channel.WriteAsync(ScriptedChannel.Bytes("a"));
        channel.Channel.Write(ScriptedChannel.Bytes("b"));
        channel.Channel.Flush();
        await Within.Reached(write);
        await Settle(channel);

        Assert.Equal("ab", channel.Socket.Sent);
    }

    [Fact]
    public async Task A_close_does_not_overtake_the_writes_before_it()
    {
        await using var channel = new LoopChannel();
        channel.Channel.Pipeline.AddFirst(_executor, new PassesWritesAlone());
        await Start(channel);

        Task write = channel.Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("a"));
        await Within.Reached(channel.Channel.CloseAsync());
        await Within.Reached(write);

        Assert.Equal("a", channel.Socket.Sent);
    }

    [Fact]
    public async Task A_handler_of_one_direction_costs_the_other_no_hop()
    {
        await using var channel = new LoopChannel();
        channel.Channel.Pipeline.AddFirst(_executor, new Lambda());
        await Start(channel);
        using var blocked = new ManualResetEventSlim();
        Task blocking = _executor.SubmitAsync(() => blocked.Wait(Within.Guard));

        await Within.Reached(channel.Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("a")));
        blocked.Set();
        await Within.Reached(blocking);

        Assert.Equal("a", channel.Socket.Sent);
    }

    [Fact]
    public async Task It_is_told_on_its_executor_that_it_was_added_and_removed()
    {
        var threads = new List<(string What, bool OnExecutor)>();
        await using var channel = new LoopChannel();
        var handler = new Lambda
        {
            OnAdded = _ => threads.Add(("added", _executor.InEventLoop)),
            OnRemoved = _ => threads.Add(("removed", _executor.InEventLoop)),
        };
        channel.Channel.Pipeline.AddFirst(_executor, handler);
        await Start(channel);

        channel.Channel.Pipeline.Remove(handler);
        await Within.Reached(_executor.SubmitAsync(() => 0));

        Assert.Equal([("added", true), ("removed", true)], threads);
    }

    [Fact]
    public async Task Writes_without_promise_run_on_its_executor_too_and_in_order_with_the_others()
    {
        var handler = new RecordsWrites(_executor);
        await using var channel = new LoopChannel();
        channel.Channel.Pipeline.AddFirst(_executor, handler);
        await Start(channel);

        for (int i = 0; i < 50; i++)
        {
            channel.Channel.Write(ScriptedChannel.Bytes("x"));
            _ = channel.Channel.WriteAsync(ScriptedChannel.Bytes("y"));
        }

        channel.Channel.Flush();
        await Settle(channel);

        Assert.True(handler.OnExecutorAlways);
        Assert.Equal(string.Concat(Enumerable.Repeat("xy", 50)), channel.Socket.Sent);
    }

    [Fact]
    public async Task A_write_without_promise_keeps_none_where_the_handler_does_not_see_writes()
    {
        var seen = new List<string>();
        await using var channel = new LoopChannel();
        channel.Channel.Pipeline.AddFirst(new NotesTheWay(seen));
        channel.Channel.Pipeline.AddLast(_executor, new FlushesAlone());
        await Start(channel);

        channel.Channel.Write(ScriptedChannel.Bytes("a"));
        channel.Channel.Flush();
        await Settle(channel);

        Assert.Equal(["Write"], seen);
        Assert.Equal("a", channel.Socket.Sent);
    }

    [Fact]
    public async Task Bytes_that_wait_for_its_executor_count_for_the_water_marks()
    {
        await using var channel = new LoopChannel();
        channel.Channel.Configuration.WriteBufferHighWaterMark = 100;
        channel.Channel.Pipeline.AddFirst(_executor, new PassesWrites());
        await Start(channel);
        using var blocked = new ManualResetEventSlim();
        Task blocking = _executor.SubmitAsync(() => blocked.Wait(Within.Guard));

        Task write = channel.Channel.WriteAndFlushAsync(ScriptedChannel.Bytes(200));
        await channel.Turn();
        bool writable = channel.Channel.IsWritable;
        blocked.Set();
        await Within.Reached(Task.WhenAll(blocking, write));
        await Settle(channel);

        Assert.False(writable);
        Assert.True(channel.Channel.IsWritable);
    }

    [Fact]
    public async Task A_handler_that_throws_on_its_executor_has_its_exception_caught_after_what_it_passed_on()
    {
        await using var channel = new LoopChannel();
        channel.Channel.Pipeline.AddFirst(_executor, new Lambda
        {
            OnRead = static (context, message) =>
            {
                context.FireChannelRead(message);
                throw new InvalidDataException();
            },
        });
        await Start(channel);

        channel.Channel.Pipeline.FireChannelRead("message");
        await Settle(channel);

        Assert.Equal(["Read message", "Exception InvalidDataException"], channel.Recorder.Events);
    }

    private async Task Start(LoopChannel channel)
    {
        await channel.Started();
        await Settle(channel);
        channel.Recorder.Take();
    }

    // From the loop to the executor, to the loop, and once more for what a write's end brings about.
    private async Task Settle(LoopChannel channel)
    {
        for (int i = 0; i < 3; i++)
        {
            await channel.Turn();
            await Within.Reached(_executor.SubmitAsync(() => 0));
            await channel.Turn();
        }
    }

    private sealed class FlushesAlone : ChannelHandlerAdapter
    {
        public override void Flush(IChannelHandlerContext context) => context.Flush();
    }

    private sealed class NotesTheWay(List<string> ways) : ChannelHandlerAdapter
    {
        public override Task WriteAsync(IChannelHandlerContext context, object message)
        {
            ways.Add("WriteAsync");
            return context.WriteAsync(message);
        }

        public override void Write(IChannelHandlerContext context, object message)
        {
            ways.Add("Write");
            context.Write(message);
        }
    }

    private sealed class RecordsWrites(IEventExecutor executor) : ChannelHandlerAdapter
    {
        public bool OnExecutorAlways { get; private set; } = true;

        public override Task WriteAsync(IChannelHandlerContext context, object message)
        {
            OnExecutorAlways &= executor.InEventLoop;
            return context.WriteAsync(message);
        }

        public override void Write(IChannelHandlerContext context, object message)
        {
            OnExecutorAlways &= executor.InEventLoop;
            context.Write(message);
        }
    }

    private sealed class PassesWritesAlone : ChannelHandlerAdapter
    {
        public override Task WriteAsync(IChannelHandlerContext context, object message) => context.WriteAsync(message);
    }

    private sealed class PassesWrites : ChannelHandlerAdapter
    {
        public override Task WriteAsync(IChannelHandlerContext context, object message) => context.WriteAsync(message);

        public override void Flush(IChannelHandlerContext context) => context.Flush();
    }
}
