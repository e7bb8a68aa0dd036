using EsockdNetty.Interop;
using EsockdNetty.Opening;

namespace EsockdNetty.Tests.Opening;

public sealed class MachineLimitsTests
{
    private static readonly MachineLimits Ample = new()
    {
        Descriptors = 1_048_576,
        DescriptorsHard = 1_048_576,
        DescriptorsMost = 1_048_576,
        DescriptorsOpen = 40,
        SoMaxConn = 4096,
        TcpMaxSynBacklog = 4096,
        OutgoingPorts = (32768, 60999),
        Memory = 8L * 1024 * 1024 * 1024,
    };

    [Fact]
    public void An_ample_machine_is_short_of_nothing() => Assert.DoesNotContain(Check(Ample, 50_000), static check => check.IsShort || check.Remedy.Length > 0);

    [Fact]
    public void Too_few_descriptors_are_told_with_what_is_needed_and_a_remedy()
    {
        LimitCheck check = Check(Ample with { Descriptors = 20_000, DescriptorsHard = 20_000 }, 50_000).Single(static check => check.IsShort);

        Assert.Equal(("descriptors (RLIMIT_NOFILE)", "20000"), (check.Limit, check.Is));
        Assert.Contains($"LimitNOFILE={check.Needed}", check.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_048_576, "1048576, soft 20000", "raise the soft limit: ulimit -Sn ")]
    [InlineData(30_000, "30000, soft 20000", "raise both limits: LimitNOFILE=")]
    public void A_soft_limit_below_the_hard_one_is_told_beside_it(long hard, string both, string remedy)
    {
        LimitCheck check = Check(Ample with { Descriptors = 20_000, DescriptorsHard = hard }, 50_000).Single(static check => check.IsShort);

        Assert.Equal(("descriptors (RLIMIT_NOFILE)", both), (check.Limit, check.Is));
        Assert.StartsWith(remedy, check.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_server_takes_on_by_default_is_told() =>
        Assert.Equal("77", Row(Ample with { DefaultMaxConnections = 77 }, "max connections (default)").Is);

    [Theory]
    [InlineData(1, 10)]
    [InlineData(1000, 40)]
    [InlineData(50_001, 37)]
    [InlineData(1_000_000, 41)]
    public void The_descriptors_needed_are_the_least_that_leave_so_many(long wanted, long open)
    {
        long needed = LimitNeeds.DescriptorsFor(wanted, open);

        Assert.True(needed - DescriptorLimits.ReserveOf(needed) - open >= wanted);
        Assert.True(needed - 1 - DescriptorLimits.ReserveOf(needed - 1) - open < wanted);
    }

    [Fact]
    public void A_limit_the_system_does_not_have_is_enough()
    {
        LimitCheck check = Row(Ample with { Descriptors = null }, "descriptors (RLIMIT_NOFILE)");

        Assert.Equal(("none", false), (check.Is, check.IsShort));
    }

    [Fact]
    public void A_backlog_above_the_systems_is_short()
    {
        LimitCheck check = Row(Ample with { SoMaxConn = 128 }, "net.core.somaxconn");

        Assert.Equal(("128", "1024", true, "sysctl -w net.core.somaxconn=1024"), (check.Is, check.Needed, check.IsShort, check.Remedy));
    }

    [Fact]
    public void Half_open_handshakes_are_short_only_where_there_are_no_cookies()
    {
        MachineLimits few = Ample with { TcpMaxSynBacklog = 128 };

        Assert.True(Row(few, "net.ipv4.tcp_max_syn_backlog").IsShort);
        Assert.False(Row(few with { SynCookies = true }, "net.ipv4.tcp_max_syn_backlog").IsShort);
    }

    [Fact]
    public void A_port_among_the_outgoing_ones_is_told_but_not_short()
    {
        LimitCheck check = Ample.Check(new SocketServerOptions(), new ListenerOptions("a", "tcp://127.0.0.1:40000")).Single(static check => check.Limit.EndsWith("port_range", StringComparison.Ordinal));

        Assert.Equal(("32768-60999", false, "sysctl -w net.ipv4.ip_local_reserved_ports=40000"), (check.Is, check.IsShort, check.Remedy));
    }

    [Fact]
    public void Memory_is_reckoned_at_16_KiB_a_connection()
    {
        LimitCheck check = Check(Ample with { Memory = 1024 * 1024 }, 65).Single(static check => check.IsShort);

        Assert.Equal(("memory", "1 MiB", "2 MiB"), (check.Limit, check.Is, check.Needed));
    }

    [Fact]
    public void Listeners_need_what_they_ask_for_together_up_to_the_servers_limit()
    {
        ListenerOptions[] two = [WithLimit(60), WithLimit(60)];
        MachineLimits small = Ample with { Descriptors = 190 };

        Assert.Contains(small.Check(new SocketServerOptions(), two), static check => check.IsShort);
        Assert.DoesNotContain(small.Check(new SocketServerOptions { MaxConnections = 100 }, two), static check => check.IsShort);
    }

    [Fact]
    public void A_server_that_asks_for_nothing_takes_what_there_is() => Assert.DoesNotContain(Check(Ample with { Descriptors = 1024, Memory = 64 * 1024 * 1024 }, null), static check => check.IsShort);

    [Fact]
    public void Reads_this_machine()
    {
        MachineLimits machine = MachineLimits.Read();

        Assert.True(machine.Memory > 0);
        Assert.True(machine.OutgoingPorts is null || machine.OutgoingPorts.Value.First <= machine.OutgoingPorts.Value.Last);
        Assert.Equal(OperatingSystem.IsLinux() && File.Exists("/proc/sys/fs/nr_open"), machine.DescriptorsMost is not null);
        Assert.True(machine.Descriptors is null || machine.Descriptors <= (machine.DescriptorsHard ?? long.MaxValue));
    }

    private static LimitCheck Row(MachineLimits machine, string limit) => Check(machine, null).Single(check => check.Limit == limit);

    private static IReadOnlyList<LimitCheck> Check(MachineLimits machine, int? connections) => machine.Check(new SocketServerOptions(), WithLimit(connections));

    private static ListenerOptions WithLimit(int? connections) => new("a", "tcp://127.0.0.1:5000") { Limits = { MaxConnections = connections } };
}
