using System.Diagnostics;
using System.Text;

namespace EsockdNetty.EndToEndTests.Peers;

/// <summary>One running program: its lines as they come, its end, and its certain death at dispose.</summary>
internal sealed class ChildProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly CapturedText _output = new();
    private readonly CapturedText _error = new();
    private readonly Task _captured;

    public ChildProgram(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
            StandardInputEncoding = Latin1,
            StandardOutputEncoding = Latin1,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        _captured = Task.WhenAll(_output.CaptureAsync(_process.StandardOutput), _error.CaptureAsync(_process.StandardError));
    }

    public int Id => _process.Id;

    /// <summary>Bytes go in and come out as they are.</summary>
    public StreamWriter Input => _process.StandardInput;

    public string Output => _output.Text;

    public string Error => _error.Text;

    public bool HasExited => _process.HasExited;

    private static Encoding Latin1 => Encoding.Latin1;

    /// <summary>Runs a program to its end and returns it, for its exit code and what it wrote.</summary>
    public static async Task<ChildProgram> RunAsync(string program, params IEnumerable<string> arguments)
    {
        var child = new ChildProgram(program, arguments);
        child.Input.Close();
        await child.ExitAsync();
        return child;
    }

    public async Task WriteAsync(string text)
    {
        await Input.WriteAsync(text);
        await Input.FlushAsync();
    }

    /// <summary>Waits until the standard output satisfies a condition; the program's end before that is a failure.</summary>
    public Task OutputAsync(Func<string, bool> condition) => ExpectAsync(_output, condition);

    public Task ErrorAsync(Func<string, bool> condition) => ExpectAsync(_error, condition);

    /// <summary>The exit code, when all that was written has been captured.</summary>
    public async Task<int> ExitAsync()
    {
        try
        {
            await _process.WaitForExitAsync(Guard.Within(Guard.Program));
            await _captured.WaitAsync(Guard.Event);
            return _process.ExitCode;
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            throw new TimeoutException($"did not end\n{this}");
        }
    }

    public override string ToString() =>
        $"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)}\n--- stdout\n{Output}\n--- stderr\n{Error}";

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(Guard.Within(Guard.Event));
        _process.Dispose();
    }

    private async Task ExpectAsync(CapturedText text, Func<string, bool> condition)
    {
        if (!await text.UntilAsync(condition, Guard.Within(Guard.Program)))
            throw new InvalidOperationException($"the expected text did not come\n{this}");
    }
}
