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

    private HostileServer(ChildProgram program, IPEndPoint[] endPoints) => (_program, EndPoints) = (program, endPoints);

    /// <summary>Its listeners, in the order of the arguments.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints { get; }

    public IPEndPoint EndPoint => EndPoints[0];

    /// <summary>What it logged that is worse than a warning, or died of.</summary>
    public IEnumerable<string> Errors => Told("Error: ").Concat(Told("Critical: ")).Concat(Told("Unhandled"));

    public IEnumerable<string> Warnings => Told("Warning: ");

    public int Id => _program.Id;

    private static string Assembly => Path.Combine(AppContext.BaseDirectory, "EsockdNetty.HostileHost.dll");

    public static Task<HostileServer> StartAsync(ServerKind kind, params string[] settings) => StartAsync(SocketTransport.Automatic, kind, settings);

    public static Task<HostileServer> StartAsync(SocketTransport transport, ServerKind kind, params string[] settings) =>
        StartAsync(new ChildProgram("dotnet", [Assembly, transport.ToString(), kind.ToString(), .. settings]));

    /// <summary>Started by another program, which becomes it.</summary>
    public static Task<HostileServer> StartByAsync(string starter, string[] arguments, SocketTransport transport, ServerKind kind, params string[] settings) =>
        StartAsync(new ChildProgram(starter, [.. arguments, "dotnet", Assembly, transport.ToString(), kind.ToString(), .. settings]));

    private static async Task<HostileServer> StartAsync(ChildProgram program)
    {
        try
        {
            await program.OutputAsync(text => Lines(text).Length > 0);
            string[] addresses = Lines(program.Output)[0][Announcement.Length..].Split(' ');
            return new HostileServer(program, [.. addresses.Select(static address => new IPEndPoint(IPAddress.Loopback, new Uri(address).Port))]);
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

    /// <summary>The figures after its listening sockets were closed by their numbers; when those are reused, somebody else has them at once.</summary>
    public Task<Figures> LoseListenersAsync(bool reuse) => AskAsync(reuse ? "lose and reuse" : "lose");

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

    /// <summary>What a program that it starts finds: its variables by name, and what its descriptors are.</summary>
    public async Task<string[]> ChildAsync()
    {
        await AskAsync("child");
        await _program.ErrorAsync(static text => text.Contains($"{HostChild.End}\n", StringComparison.Ordinal));
        return [.. Told(HostChild.Found).Select(static line => line[HostChild.Found.Length..])];
    }

    public override string ToString() => _program.ToString();

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private IEnumerable<string> Told(string start) => _program.Error.Split('\n').Where(line => line.StartsWith(start, StringComparison.Ordinal));

    private static string[] Lines(string output) => output.Split('\n')[..^1];

    private async Task<Figures> AskAsync(string command)
    {
        int answer = ++_answers;
        await _program.WriteAsync(command + "\n");
        await _program.OutputAsync(text => Lines(text).Length > answer);
        return JsonSerializer.Deserialize<Figures>(Lines(_program.Output)[answer])!;
    }
}
