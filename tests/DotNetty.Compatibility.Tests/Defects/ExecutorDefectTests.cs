using System.Diagnostics;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Common;
using DotNetty.Common.Concurrency;
using DotNetty.Common.Utilities;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;

namespace DotNetty.Compatibility.Tests.Defects;

/// <summary>What the published executors did and ours must not.</summary>
public sealed class ExecutorDefectTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan NeverInATest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Standing = TimeSpan.FromMilliseconds(30);

    [Fact]
    [Trait("Defect", "D2")]
    public async Task A_graceful_shutdown_ends_with_its_quiet_period_and_not_with_its_timeout()
    {
        var group = new MultithreadEventLoopGroup(2);
        await group.GetNext().SubmitAsync(() => 1).WaitAsync(Guard);

        await group.ShutdownGracefullyAsync(TimeSpan.FromMilliseconds(100), timeout: NeverInATest).WaitAsync(Guard);

        Assert.True(group.IsTerminated);
    }

    [Fact]
    [Trait("Defect", "D3")]
    public async Task Work_given_to_an_executor_that_has_ended_is_rejected_and_not_lost()
    {
        var executor = new SingleThreadEventExecutor("ended", TimeSpan.FromMilliseconds(1));
        await executor.ShutdownGracefullyAsync(TimeSpan.Zero, Guard).WaitAsync(Guard);

        Assert.Throws<RejectedExecutionException>(() => executor.Execute(() => { }));
        Exception? fault = await Record.ExceptionAsync(async () => await executor.SubmitAsync(() => 1).WaitAsync(Guard));
        Assert.IsType<RejectedExecutionException>(fault);
    }

    [Fact]
    [Trait("Defect", "D11")]
    public void Wrong_arguments_are_told_in_release_builds_too()
    {
        Assert.Throws<ArgumentNullException>(() => new ServerTlsSettings(null));
        Assert.Throws<ArgumentNullException>(() => TlsHandler.Server(null));
        Assert.Throws<ArgumentNullException>(() => Unpooled.WrappedBuffer((byte[])null!));
        Assert.Throws<ArgumentNullException>(() => new MultithreadEventLoopGroup((Func<IEventLoopGroup, IEventLoop>)null!));
        Assert.ThrowsAny<ArgumentException>(() => new LengthFieldBasedFrameDecoder(0, 0, 2));
        Assert.Throws<IndexOutOfRangeException>(() => Unpooled.Buffer(8).SetReaderIndex(9));
    }

    [Fact]
    [Trait("Defect", "D12")]
    public async Task A_due_timer_is_not_delayed_by_a_loop_that_is_never_idle()
    {
        const int TasksOfOneLook = 64;
        var executor = new SingleThreadEventExecutor("busy", TimeSpan.FromMilliseconds(100));
        int afterDue = 0;
        bool ran = false;
        IScheduledTask timer = executor.Schedule(() => ran = true, TimeSpan.FromMilliseconds(10));

        executor.Execute(KeepBusy);
        await timer.Completion.WaitAsync(Guard);

        Assert.InRange(afterDue, 0, TasksOfOneLook);
        await executor.ShutdownGracefullyAsync(TimeSpan.Zero, Guard).WaitAsync(Guard);

        void KeepBusy()
        {
            if (ran)
            {
                return;
            }

            afterDue += PreciseTimeSpan.FromStart >= timer.Deadline ? 1 : 0;
            executor.Execute(KeepBusy);
        }
    }

    [Fact]
    [Trait("Defect", "D13")]
    public async Task A_timer_due_in_less_than_a_millisecond_is_waited_for_and_not_spun_for()
    {
        const int Timers = 200;
        const int RoundsPerTimer = 4;
        var executor = new SingleThreadEventExecutor("patient", TimeSpan.FromMilliseconds(1));
        var done = new System.Threading.Tasks.TaskCompletionSource();
        int left = Timers;

        executor.Execute(Again);
        await done.Task.WaitAsync(Guard);

        Assert.InRange(executor.Rounds, 1, Timers * RoundsPerTimer);
        await executor.ShutdownGracefullyAsync(TimeSpan.Zero, Guard).WaitAsync(Guard);

        void Again()
        {
            if (left-- == 0)
            {
                done.SetResult();
                return;
            }

            executor.Schedule(Again, TimeSpan.FromMicroseconds(500));
        }
    }

    [Fact]
    [Trait("Defect", "D20")]
    public async Task Memory_allocated_on_pool_threads_and_released_on_a_loop_is_not_stranded()
    {
        const int Rounds = 200;
        const int Size = 4096;
        var group = new MultithreadEventLoopGroup(1);
        PooledByteBufferAllocator pool = PooledByteBufferAllocator.Default;
        long warm = 0;

        for (int round = 0; round < Rounds; round++)
        {
            IByteBuffer[] buffers = await Task.Run(() => Enumerable.Range(0, 64).Select(_ => pool.Buffer(Size)).ToArray());
            await group.GetNext().SubmitAsync(() => buffers.Count(static buffer => buffer.Release())).WaitAsync(Guard);
            warm = round == Rounds / 10 ? Managed() : warm;
        }

        Assert.InRange(Managed(), 0, warm + (Rounds * Size));
        await group.ShutdownGracefullyAsync(TimeSpan.Zero, Guard).WaitAsync(Guard);

        static long Managed() => GC.GetTotalMemory(forceFullCollection: true);
    }

    [Fact]
    [Trait("Defect", "D25")]
    public async Task A_group_has_a_loop_a_processor_and_each_loop_tells_how_it_does()
    {
        var group = new MultithreadEventLoopGroup();

        Assert.Equal(Environment.ProcessorCount, group.Items.Count());
        var loop = Assert.IsType<SingleThreadEventLoop>(group.Items.First(), exactMatch: false);
        TimeSpan lag = default;
        await (await loop.SubmitAsync(StandThenAsk).WaitAsync(Guard)).WaitAsync(Guard);

        Assert.True(lag >= Standing, $"a loop that stood still for {Standing} tells of {lag}");
        Assert.True(loop.Rounds >= 1);
        Assert.True(loop.Progress >= 1);
        await group.ShutdownGracefullyAsync(TimeSpan.Zero, Guard).WaitAsync(Guard);

        // What a handler must not do; the loop's next round tells how long this one took.
        Task StandThenAsk()
        {
            long began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began) < Standing)
            {
                Thread.SpinWait(100);
            }

            return loop.ScheduleAsync(() => lag = loop.Lag, TimeSpan.FromMilliseconds(1));
        }
    }
}
