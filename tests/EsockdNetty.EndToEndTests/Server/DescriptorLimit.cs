using System.Globalization;
using EsockdNetty.EndToEndTests.Peers;

namespace EsockdNetty.EndToEndTests.Server;

/// <summary>RLIMIT_NOFILE of a running process. Only the soft limit moves, so that nobody needs a privilege to put it back.</summary>
internal static class DescriptorLimit
{
    public static async Task SetAsync(int process, long limit) =>
        await RunAsync("--pid", process.ToString(CultureInfo.InvariantCulture), $"--nofile={limit.ToString(CultureInfo.InvariantCulture)}:");

    public static async Task<long> GetAsync(int process)
    {
        string soft = await RunAsync("--pid", process.ToString(CultureInfo.InvariantCulture), "--nofile", "--raw", "--noheadings", "--output", "SOFT");
        return long.Parse(soft.Trim(), CultureInfo.InvariantCulture);
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        await using ChildProgram prlimit = await ChildProgram.RunAsync("prlimit", arguments);
        Assert.True(await prlimit.ExitAsync() == 0, prlimit.ToString());
        return prlimit.Output;
    }
}
