using DotNetty.Transport.Channels;
using DotNetty.Transport.Tests.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels;

public sealed class ChannelHandlerContextThreadTests : LeakFreeTests
{
    [Fact]
    public async Task Events_fired_from_another_thread_run_on_the_loop_in_order()
    {
        bool onLoop = true;
        await using LoopChannel channel = await new LoopChannel().Started();
        channel.Recorder.OnRead = (context, _) => onLoop &= context.Executor.InEventLoop;

        for (int i = 0; i < 100; i++)
        {
            channel.Channel.Pipeline.FireChannelRead(i);
        }

        channel.Channel.Pipeline.FireUserEventTriggered("event");
        await channel.Turn();

        Assert.True(onLoop);
        Assert.Equal([.. Enumerable.Range(0, 100).Select(static i => $"Read {i}"), "Event String"], channel.Recorder.Events);
    }

    [Fact]
    public async Task Writes_from_another_thread_arrive_whole_in_order_and_complete()
    {
        await using LoopChannel channel = await new LoopChannel().Started();

        Task[] writes = [.. Enumerable.Range(0, 100).Select(i => channel.Channel.WriteAndFlushAsync(ScriptedChannel.Bytes($"{i},")))];
        await Within.Reached(Task.WhenAll(writes));

        Assert.Equal(string.Concat(Enumerable.Range(0, 100).Select(static i => $"{i},")), channel.Socket.Sent);
    }

    [Fact]
    public async Task The_ways_to_write_keep_their_order_from_another_thread_too()
    {
        await using LoopChannel channel = await new LoopChannel().Started();

        channel.Channel.Write(ScriptedChannel.Bytes("a"));
        Task second = channel.Channel.WriteAsync(ScriptedChannel.Bytes("b"));
        channel.Channel.Write(ScriptedChannel.Bytes("c"));
        channel.Channel.Flush();
        await Within.Reached(second);
        await channel.Turn();

        Assert.Equal("abc", channel.Socket.Sent);
    }

    [Fact]
    public async Task Many_threads_may_write_at_once()
    {
        await using LoopChannel channel = await new LoopChannel().Started();

        await Within.Reached(Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 500; i++)
            {
                await channel.Channel.WriteAndFlushAsync(ScriptedChannel.Bytes(10));
            }
        }))));

        Assert.Equal(4 * 500 * 10, channel.Socket.Sent.Length);
    }

    [Fact]
    public async Task Bytes_on_their_way_from_another_thread_count_for_the_water_marks_and_do_not_flicker()
    {
        await using LoopChannel channel = await new LoopChannel().Started();
        using var blocked = new ManualResetEventSlim();
        Task<bool> blocking = channel.Loop.SubmitAsync(() => blocked.Wait(Within.Guard));

        Task write = channel.Channel.WriteAsync(ScriptedChannel.Bytes(70_000));
        bool writable = channel.Channel.IsWritable;
        blocked.Set();
        await Within.Reached(blocking);
        await channel.Turn();
        string[] before = channel.Recorder.Take();
        channel.Channel.Flush();
        await Within.Reached(write);
        await channel.Turn();

        Assert.False(writable);
        Assert.Equal(["Writable False"], before);
        Assert.Equal(["Writable True"], channel.Recorder.Events);
    }

    [Fact]
    public async Task Racing_writers_never_leave_a_channel_with_nothing_to_send_not_writable()
    {
        await using LoopChannel channel = await new LoopChannel().Started();

        for (int round = 0; round < 50; round++)
        {
            await Within.Reached(Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
            {
                for (int i = 0; i < 10; i++)
                {
                    await channel.Channel.WriteAndFlushAsync(ScriptedChannel.Bytes(30_000));
                }
            }))));
            await channel.Turn();

            Assert.True(channel.Channel.IsWritable);
        }
    }

    [Fact]
    public async Task Handlers_are_added_and_removed_from_another_thread_on_the_loop()
    {
        bool? addedOnLoop = null;
        bool? removedOnLoop = null;
        await using LoopChannel channel = await new LoopChannel().Started();
        var handler = new Lambda
        {
            OnAdded = context => addedOnLoop = context.Executor.InEventLoop,
            OnRemoved = context => removedOnLoop = context.Executor.InEventLoop,
        };

        channel.Channel.Pipeline.AddFirst(handler);
        await channel.Turn();
        channel.Channel.Pipeline.Remove(handler);
        await channel.Turn();

        Assert.True(addedOnLoop);
        Assert.True(removedOnLoop);
    }

    [Fact]
    public async Task Handlers_come_and_go_from_many_threads_while_events_pass()
    {
        await using LoopChannel channel = await new LoopChannel().Started();
        using var stop = new CancellationTokenSource();
        Task events = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                channel.Channel.Pipeline.FireUserEventTriggered("event");
                channel.Turn().Wait();
            }
        });

        await Within.Reached(Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                var handler = new Lambda();
                channel.Channel.Pipeline.AddFirst(handler);
                channel.Channel.Pipeline.Remove(handler);
            }
        }))));
        stop.Cancel();
        await Within.Reached(events);
        await channel.Turn();

        Assert.Equal([channel.Recorder], channel.Channel.Pipeline);
        Assert.All(channel.Recorder.Events, static name => Assert.Equal("Event String", name));
    }

    [Fact]
    public async Task Closes_from_another_thread_run_on_the_loop()
    {
        await using LoopChannel channel = await new LoopChannel().Started();

        await Within.Reached(channel.Channel.CloseAsync());

        Assert.Equal(["Inactive", "Unregistered", "Removed"], channel.Recorder.Events);
    }

    [Fact]
    public async Task A_forced_close_from_another_thread_runs_on_the_loop()
    {
        bool? onLoop = null;
        await using LoopChannel channel = await new LoopChannel().Started();
        channel.Recorder.OnInactive = context => onLoop = context.Executor.InEventLoop;

        channel.Channel.Unsafe.CloseForcibly();
        await Within.Reached(channel.Channel.CloseCompletion);

        Assert.True(onLoop);
        Assert.True(channel.Socket.WasReset);
    }

    [Fact]
    public async Task A_write_after_its_loop_ended_fails_and_a_close_does_not_hang()
    {
        LoopChannel channel = await new LoopChannel().Started();
        await channel.DisposeAsync();

        Task write = channel.Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("late"));
        channel.Channel.Write(ScriptedChannel.Bytes("late"));
        channel.Channel.Flush();
        channel.Channel.Read();
        Task closing = channel.Channel.CloseAsync();

        await Assert.ThrowsAnyAsync<IOException>(() => Within.Reached(write));
        await Within.Reached(closing);
    }

    [Fact]
    public async Task A_write_queued_for_a_handler_that_was_removed_meanwhile_passes_it_by()
    {
        var removed = new CountsWrites();
        await using LoopChannel channel = await new LoopChannel(removed).Started();
        using var blocked = new ManualResetEventSlim();
        Task<bool> blocking = channel.Loop.SubmitAsync(() =>
        {
            blocked.Wait(Within.Guard);
            channel.Channel.Pipeline.Remove(removed);
            return true;
        });

        Task write = channel.Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("a"));
        blocked.Set();
        await Within.Reached(Task.WhenAll(blocking, write));

        Assert.Equal(0, removed.Writes);
        Assert.Equal("a", channel.Socket.Sent);
    }

    private sealed class CountsWrites : ChannelHandlerAdapter
    {
        public int Writes { get; private set; }

        public override Task WriteAsync(IChannelHandlerContext context, object message)
        {
            Writes++;
            return context.WriteAsync(message);
        }
    }
}
