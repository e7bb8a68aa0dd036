using System.Net;
using System.Text.Json;
using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.HostileHost;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>The server for hostile peers in a process of its own, and what it tells of itself.</summary>
internal sealed class HostileServer : IAsyncDisposable
{
    private const string Announcement = "listening ";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ChildProgram _program;
    private int _answers;

    private HostileServer(ChildProgram program, IPEndPoint endPoint) => (_program, EndPoint) = (program, endPoint);

    public IPEndPoint EndPoint { get; }

    public int Id => _program.Id;

    private static string Assembly => Path.Combine(AppContext.BaseDirectory, "EsockdNetty.HostileHost.dll");

    public static async Task<HostileServer> StartAsync(ServerKind kind, params string[] settings)
    {
        var program = new ChildProgram("dotnet", [Assembly, kind.ToString(), .. settings]);
        try
        {
            await program.OutputAsync(text => Lines(text).Length > 0);
            var address = new Uri(Lines(program.Output)[0][Announcement.Length..]);
            return new HostileServer(program, new IPEndPoint(IPAddress.Loopback, address.Port));
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    public Task<Figures> FiguresAsync() => AskAsync("stats");

    /// <summary>Forgets the highest figures so far.</summary>
    public Task<Figures> MarkAsync() => AskAsync("mark");

    /// <summary>The figures after a full collection.</summary>
    public Task<Figures> CollectedAsync() => AskAsync("collect");

    /// <summary>Asks again until the figures are as they must be.</summary>
    public async Task<Figures> UntilAsync(Func<Figures, bool> condition)
    {
        CancellationToken deadline = Guard.Within(Guard.Program);
        while (true)
        {
            Figures figures = await FiguresAsync();
            if (condition(figures))
                return figures;

            Assert.False(deadline.IsCancellationRequested, $"it did not come to that: {figures}");
            await Task.Delay(Pause);
        }
    }

    public override string ToString() => _program.ToString();

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private static string[] Lines(string output) => output.Split('\n')[..^1];

    private async Task<Figures> AskAsync(string command)
    {
        int answer = ++_answers;
        await _program.WriteAsync(command + "\n");
        await _program.OutputAsync(text => Lines(text).Length > answer);
        return JsonSerializer.Deserialize<Figures>(Lines(_program.Output)[answer])!;
    }
}
