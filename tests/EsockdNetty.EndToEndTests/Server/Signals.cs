using System.Globalization;
using EsockdNetty.EndToEndTests.Peers;

namespace EsockdNetty.EndToEndTests.Server;

internal static class Signals
{
    /// <summary>Sends a signal, such as TERM, to a process that the test started.</summary>
    public static async Task SendAsync(string name, int process)
    {
        await using ChildProgram kill = await ChildProgram.RunAsync("kill", $"-{name}", process.ToString(CultureInfo.InvariantCulture));
        Assert.True(await kill.ExitAsync() == 0, kill.ToString());
    }
}
