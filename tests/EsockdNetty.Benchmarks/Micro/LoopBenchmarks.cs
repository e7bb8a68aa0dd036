using BenchmarkDotNet.Attributes;
using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Epoll;

namespace EsockdNetty.Benchmarks.Micro;

/// <summary>Giving work to a loop from another thread: many pieces without waiting, and one at a time with the answer awaited.</summary>
public class LoopBenchmarks
{
    private const int Tasks = 10_000;

    private readonly Countdown _countdown = new();
    private IEventLoopGroup _group = null!;
    private IEventLoop _loop = null!;

    /// <summary>Which loop.</summary>
    [Params("epoll", "sockets")]
    public string Kind { get; set; } = "";

    [GlobalSetup]
    public void Begin()
    {
        _group = Kind == "epoll" ? new EpollEventLoopGroup(1) : new MultithreadEventLoopGroup(1);
        _loop = _group.GetNext();
    }

    [GlobalCleanup]
    public void End() => _group.ShutdownGracefullyAsync(TimeSpan.Zero, TimeSpan.FromSeconds(5)).GetAwaiter().GetResult();

    [Benchmark(OperationsPerInvoke = Tasks)]
    public void ExecuteMany()
    {
        _countdown.Begin(Tasks);
        for (int i = 0; i < Tasks; i++)
            _loop.Execute(_countdown);
        _countdown.Wait();
    }

    [Benchmark]
    public void ExecuteOneAndWait()
    {
        _countdown.Begin(1);
        _loop.Execute(_countdown);
        _countdown.Wait();
    }

    /// <summary>Counted on the loop only.</summary>
    private sealed class Countdown : IRunnable
    {
        private readonly ManualResetEventSlim _done = new();
        private int _left;

        public void Begin(int tasks)
        {
            _left = tasks;
            _done.Reset();
        }

        public void Wait() => _done.Wait();

        public void Run()
        {
            if (--_left == 0)
                _done.Set();
        }
    }
}
