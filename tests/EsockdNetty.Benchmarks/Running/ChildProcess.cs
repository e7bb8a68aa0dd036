using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>A program that was started from here: its lines, its input, and its certain end.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int MostKept = 20;

    // In a session of its own: Ctrl+C is for who started it, and does not reach it.
    private const string SessionTool = "setsid";

    private static readonly bool HasSessions = SystemTool.IsThere(SessionTool);
    private static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Queue<string> _errors = new();
    private readonly string _name;

    public ChildProcess(string name, string file, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        _name = name;
        if (HasSessions)
            (file, arguments) = (SessionTool, [file, .. arguments]);
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string key, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        Started = Stopwatch.GetTimestamp();
        _process = Process.Start(start) ?? throw new RunFailedException($"{name}: {file} did not start");
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>The clock just before it was started.</summary>
    public long Started { get; }

    public static string DotNet { get; } =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath ?? "dotnet" : "dotnet";

    /// <summary>The arguments that make <see cref="DotNet"/> run this program.</summary>
    public static IReadOnlyList<string> Own(IReadOnlyList<string> arguments) =>
        [Path.Combine(AppContext.BaseDirectory, "EsockdNetty.Benchmarks.dll"), .. arguments];

    /// <summary>The next line it prints that begins so, without that beginning.</summary>
    /// <exception cref="RunFailedException">It ended, or the time ran out, before it did.</exception>
    public async Task<string> LineAsync(string prefix, TimeSpan within, CancellationToken cancelled)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        limit.CancelAfter(within);
        try
        {
            await foreach (string line in _lines.Reader.ReadAllAsync(limit.Token))
                if (line.StartsWith(prefix, StringComparison.Ordinal))
                    return line[prefix.Length..];
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            throw Failure($"no line \"{prefix.Trim()}\" within {within.TotalSeconds:0} s");
        }

        throw Failure($"it ended before a line \"{prefix.Trim()}\"");
    }

    public async Task TellAsync(string line)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(line);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            throw Failure("it does not listen to its standard input");
        }
    }

    public RunFailedException Failure(string what)
    {
        lock (_errors)
            return new RunFailedException($"{_name}: {what}{(_errors.Count > 0 ? "\n" : "")}{string.Join('\n', _errors)}");
    }

    /// <summary>Asks it to end by SIGTERM, and makes it when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited && !OperatingSystem.IsWindows())
            _ = kill(_process.Id, Terminate);

        try
        {
            using var limit = new CancellationTokenSource(ToEnd);
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            _lines.Writer.TryComplete();
        else
            _lines.Writer.TryWrite(line);
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;

        lock (_errors)
        {
            _errors.Enqueue(line);
            if (_errors.Count > MostKept)
                _errors.Dequeue();
        }
    }

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
