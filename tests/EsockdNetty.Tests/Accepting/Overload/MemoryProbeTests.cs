using EsockdNetty.Accepting.Overload;

namespace EsockdNetty.Tests.Accepting.Overload;

public sealed class MemoryProbeTests
{
    private const long Mebibyte = 1024 * 1024;

    [Fact]
    public void Whoever_limits_this_process_the_figures_are_sane()
    {
        IMemoryProbe probe = MemoryProbe.Open();
        using var files = probe as IDisposable;

        MemoryReading reading = Assert.NotNull(probe.Read());

        Assert.InRange(reading.Used, Mebibyte, long.MaxValue / 2);
        Assert.InRange(reading.Limit, 16 * Mebibyte, long.MaxValue / 2);
    }

    [Fact]
    public void Resident_memory_is_what_the_runtime_says_too()
    {
        using var probe = new ResidentMemory();

        MemoryReading reading = Assert.NotNull(probe.Read());

        Assert.InRange(reading.Used, Environment.WorkingSet / 2, Environment.WorkingSet * 2);
        Assert.Equal(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, reading.Limit);
    }
}
