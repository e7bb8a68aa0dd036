using EsockdNetty.EndToEndTests.Peers;

namespace EsockdNetty.EndToEndTests.Server;

/// <summary>An EchoServer that ends with 2 and says why in one line, which holds certain words.</summary>
internal static class RefusedStart
{
    /// <summary>What it wrote to its standard output.</summary>
    public static Task<string> OfAsync(string[] arguments, params string[] words) =>
        RefusesAsync("dotnet", [EchoServerProcess.Assembly, .. arguments], words);

    /// <summary>The same of one that lacks a capability: root may do anything but for those it gave away.</summary>
    public static Task<string> WithoutAsync(string capability, string[] arguments, params string[] words)
    {
        string[] dropped = Environment.IsPrivilegedProcess ? ["--bounding-set", $"-{capability}", "--inh-caps", $"-{capability}"] : ["--no-new-privs"];
        return RefusesAsync("setpriv", [.. dropped, "dotnet", EchoServerProcess.Assembly, .. arguments], words);
    }

    private static async Task<string> RefusesAsync(string program, string[] arguments, string[] words)
    {
        await using ChildProgram server = await ChildProgram.RunAsync(program, arguments);

        Assert.True(await server.ExitAsync() == 2, server.ToString());
        string line = Assert.Single(server.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
        return server.Output;
    }
}
