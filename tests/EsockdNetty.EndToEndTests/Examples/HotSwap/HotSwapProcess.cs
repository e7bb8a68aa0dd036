using System.Net;
using EsockdNetty.EndToEndTests.Peers;

namespace EsockdNetty.EndToEndTests.Examples.HotSwap;

/// <summary>The built example as a process of its own, at a port of the system's choice.</summary>
internal sealed class HotSwapProcess : IAsyncDisposable
{
    private const string Announcement = "listening ";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ChildProgram _program;
    private int _answers;

    private HotSwapProcess(ChildProgram program) => _program = program;

    public IPEndPoint EndPoint => new(IPAddress.Loopback, new Uri(Lines(_program.Output)[0][Announcement.Length..]).Port);

    private static string Assembly => Path.Combine(AppContext.BaseDirectory, "HotSwap.dll");

    public static async Task<HotSwapProcess> StartAsync(SocketTransport transport)
    {
        var program = new ChildProgram("dotnet", [Assembly, "tcp://127.0.0.1:0", transport.ToString()]);
        try
        {
            await program.OutputAsync(static text => Lines(text).Length > 0);
            return new HotSwapProcess(program);
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes a line to it; returns its answer.</summary>
    public async Task<string> TellAsync(string line)
    {
        int answer = ++_answers;
        await _program.WriteAsync(line + "\n");
        await _program.OutputAsync(text => Lines(text).Length > answer);
        return Lines(_program.Output)[answer];
    }

    /// <summary>Waits until it has said so on its standard error.</summary>
    public Task ErrorAsync(string text) => _program.ErrorAsync(all => all.Contains(text, StringComparison.Ordinal));

    /// <summary>Asks again until the answer is this one, and does something in between.</summary>
    public async Task UntilAsync(string answer, Action meanwhile)
    {
        CancellationToken deadline = Guard.Within(Guard.Program);
        while (await TellAsync("") is var last && last != answer)
        {
            Assert.False(deadline.IsCancellationRequested, $"it did not come to '{answer}': {last}");
            meanwhile();
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private static string[] Lines(string output) => output.Split('\n')[..^1];
}
