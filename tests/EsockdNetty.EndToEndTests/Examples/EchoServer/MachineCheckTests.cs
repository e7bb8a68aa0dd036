using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.EndToEndTests.Server;
using EsockdNetty.Opening;

namespace EsockdNetty.EndToEndTests.Examples.EchoServer;

/// <summary>What --check prints of the machine, and how it exits.</summary>
public class MachineCheckTests
{
    [PeerFact("prlimit")]
    public async Task What_is_short_exits_2_and_is_told_with_a_remedy()
    {
        await using ChildProgram check = await RunAsync("1024", "--max-connections", "5000");

        Assert.True(await check.ExitAsync() == 2, check.ToString());
        string line = Assert.Single(check.Output.Split('\n'), static line => line.Contains("SHORT", StringComparison.Ordinal) && line.StartsWith("descriptors", StringComparison.Ordinal));
        Assert.Contains(" 1024 ", line, StringComparison.Ordinal);
        Assert.Contains("LimitNOFILE=", line, StringComparison.Ordinal);
        Assert.Empty(check.Error);
    }

    [PeerFact("prlimit")]
    public async Task What_is_enough_exits_0_and_nobody_listens()
    {
        // The kernel's own limit of backlogs is the machine's affair: on one with less than the default, nothing is enough.
        if (MachineLimits.Read().SoMaxConn < new SocketOptions().Backlog)
            return;

        await using ChildProgram check = await RunAsync("1024", "--max-connections", "100", "--listen", "tcp://127.0.0.1:0");

        Assert.True(await check.ExitAsync() == 0, check.ToString());
        Assert.All(
            ["limit ", "max connections (default)", "descriptors (RLIMIT_NOFILE)", "fs.nr_open", "net.core.somaxconn", "net.ipv4.tcp_max_syn_backlog", "net.ipv4.ip_local_port_range", "memory"],
            name => Assert.Single(check.Output.Split('\n'), line => line.StartsWith(name, StringComparison.Ordinal)));
        Assert.DoesNotContain("listening", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public Task Options_that_would_not_start_are_told_instead() =>
        RefusedStart.OfAsync(["--check", "--access", "allow 10.0.0.0/8"], "--access allow 10.0.0.0/8: these rules keep nobody out");

    private static Task<ChildProgram> RunAsync(string descriptors, params string[] arguments) =>
        ChildProgram.RunAsync("prlimit", [$"--nofile={descriptors}:{descriptors}", "dotnet", EchoServerProcess.Assembly, "--check", .. arguments]);
}
