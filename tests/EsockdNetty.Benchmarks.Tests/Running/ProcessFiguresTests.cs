using System.Diagnostics;
using EsockdNetty.Benchmarks.Load;
using EsockdNetty.Benchmarks.Running;

namespace EsockdNetty.Benchmarks.Tests.Running;

public class ProcessFiguresTests
{
    [Fact]
    public void The_clock_of_a_process_counts_what_it_works()
    {
        TimeSpan before = ProcessClock.Read(Environment.ProcessId);

        var spun = new SpinWait();
        while (ProcessClock.Read(Environment.ProcessId) - before < TimeSpan.FromMilliseconds(1))
            spun.SpinOnce(-1);

        TimeSpan own = Process.GetCurrentProcess().TotalProcessorTime;
        Assert.InRange(ProcessClock.Read(Environment.ProcessId), own - TimeSpan.FromMilliseconds(50), TimeSpan.MaxValue);
        Assert.Equal(TimeSpan.Zero, ProcessClock.Read(0));
    }

    [Fact]
    public void A_process_that_is_not_there_has_no_clock()
    {
        Assert.Throws<InvalidOperationException>(() => ProcessClock.Read(0x3FFFFFF));
    }

    [Fact]
    public void Resident_memory_is_read_in_bytes()
    {
        Assert.Equal(44_032, ProcessMemory.Parse(["Name:\tdotnet", "VmRSS:\t      43 kB", "VmSwap:\t 0 kB"]));
        Assert.True(ProcessMemory.Rss(Environment.ProcessId) > 1_000_000);
    }

    [Fact]
    public void The_hard_limit_of_descriptors_is_read()
    {
        string[] limits = ["Limit                     Soft Limit           Hard Limit           Units", "Max open files            1024                 20000                files"];

        Assert.Equal(20_000, FileLimit.ParseHard(limits));
    }

    [Fact]
    public void So_many_connections_fit_as_README_says()
    {
        Assert.True(new FileLimit(103_400, Raised: false).Connections >= 100_000);
        Assert.True(new FileLimit(102_000, Raised: false).Connections < 100_000);
    }

    [Fact]
    public void Memory_a_connection_is_the_slope_without_the_first_step()
    {
        MemoryStep[] steps = [new(0, 1_000_000), new(2_000, 9_000_000), new(4_000, 13_000_000), new(6_000, 17_000_000)];

        Assert.Equal(2_000, MemorySlope.Of(steps), 6);
        Assert.True(double.IsNaN(MemorySlope.Of(steps[..2])));
    }
}
