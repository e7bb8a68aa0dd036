using System.Globalization;
using EsockdNetty.Interop;

namespace EsockdNetty.Tests.Interop;

public sealed class DescriptorLimitsTests
{
    [Fact]
    public void Reads_the_soft_limit_the_system_shows()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Null(DescriptorLimits.ReadSoftLimit());
            return;
        }

        string line = File.ReadLines("/proc/self/limits").Single(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        string soft = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];

        Assert.Equal(soft == "unlimited" ? null : long.Parse(soft, CultureInfo.InvariantCulture), DescriptorLimits.ReadSoftLimit());
    }

    [Theory]
    [InlineData(1024, 42)]
    [InlineData(1_048_576, 10_517)]
    public void Reserves_32_descriptors_and_1_percent(long limit, long reserve) => Assert.Equal(reserve, DescriptorLimits.ReserveOf(limit));

    [Fact]
    public void Knows_how_many_descriptors_were_open() => Assert.InRange(DescriptorLimits.OpenAtStart, OperatingSystem.IsLinux() ? 3 : 0, 100_000);
}
