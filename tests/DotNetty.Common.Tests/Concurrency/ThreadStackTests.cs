using System.Runtime.CompilerServices;
using DotNetty.Common.Concurrency;

namespace DotNetty.Common.Tests.Concurrency;

public sealed class ThreadStackTests
{
    private const int Deeper = 100 * 1024;

    [Fact]
    public void Knows_the_thread_that_entered_in_all_that_it_calls()
    {
        bool before = default, below = default, after = default;
        RunOnThread(() =>
        {
            ThreadStack stack = default;
            before = IsCallers(ref stack);
            stack.Enter();
            below = IsCallers(ref stack);
            stack.Leave();
            after = IsCallers(ref stack);
        });

        Assert.Equal((false, true, false), (before, below, after));
    }

    [Fact]
    public void Knows_no_other_thread()
    {
        var stack = new StrongBox<ThreadStack>();
        bool other = true;
        RunOnThread(() =>
        {
            stack.Value.Enter();
            RunOnThread(() => other = IsCallers(ref stack.Value));
        });

        Assert.False(other);
    }

    [Fact]
    public async Task An_executor_knows_its_thread_at_any_depth()
    {
        var executor = new SingleThreadEventExecutor("deep", TimeSpan.FromMilliseconds(5));

        bool shallow = await Within.Reached(executor.SubmitAsync(() => executor.IsCurrent));
        bool deep = await Within.Reached(executor.SubmitAsync(() => Deep(executor)));

        Assert.True(shallow);
        Assert.True(deep);
        Assert.False(executor.IsCurrent);
        await Within.Reached(executor.ShutdownGracefullyAsync(TimeSpan.Zero, TimeSpan.FromSeconds(5)));
        Assert.False(executor.IsCurrent);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsCallers(ref ThreadStack stack) => stack.IsCallers;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Deep(SingleThreadEventExecutor executor)
    {
        Span<byte> room = stackalloc byte[Deeper];
        room.Fill(1);
        return executor.IsCurrent && room[^1] == 1;
    }

    private static void RunOnThread(ThreadStart action)
    {
        var thread = new Thread(action);
        thread.Start();
        thread.Join();
    }
}
