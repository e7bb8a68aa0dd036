using EsockdNetty.Statistics;

namespace EsockdNetty.Tests.Statistics;

public sealed class NetworkCountersTests
{
    private static readonly string[] Text =
    [
        "TcpExt: SyncookiesSent ListenOverflows ListenDrops",
        "TcpExt: 1 22 333",
        "IpExt: InNoRoutes ListenOverflows",
        "IpExt: 4 5",
    ];

    [Fact]
    public void Finds_a_counter_by_its_name() => Assert.Equal(22, NetworkCounters.Find(Text, "ListenOverflows"));

    [Theory]
    [InlineData("Unknown")]
    [InlineData("TcpExt:")]
    [InlineData("InNoRoutes")]
    public void Finds_nothing_of_another_name(string name) => Assert.Null(NetworkCounters.Find(Text, name));

    [Fact]
    public void Finds_nothing_in_a_text_cut_short()
    {
        Assert.Null(NetworkCounters.Find([], "ListenOverflows"));
        Assert.Null(NetworkCounters.Find(Text[..1], "ListenOverflows"));
        Assert.Null(NetworkCounters.Find([Text[0], "TcpExt: 1"], "ListenOverflows"));
    }

    [Fact]
    public void Tells_what_the_kernel_counts()
    {
        if (OperatingSystem.IsLinux() && File.Exists("/proc/net/netstat"))
        {
            Assert.True(NetworkCounters.ListenOverflows >= 0);
        }
        else
        {
            Assert.Null(NetworkCounters.ListenOverflows);
        }
    }
}
