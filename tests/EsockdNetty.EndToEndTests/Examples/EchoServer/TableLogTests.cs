using System.Globalization;
using System.Text.RegularExpressions;
using EchoServer.Stats;
using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.EndToEndTests.Server;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.EndToEndTests.Examples.EchoServer;

/// <summary>What is logged above the table of --stats.</summary>
public sealed partial class TableLogTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task What_waits_is_written_in_its_order_before_the_end()
    {
        var lines = new List<string>();
        var log = new TableLog(lines.Add, _time);
        ILogger logger = log.CreateLogger("server");
        for (int i = 0; i < 100; i++)
            Warn(logger, $"line {i}");

        await log.DisposeAsync().AsTask().WaitAsync(Guard.Event);

        Assert.Equal(Enumerable.Range(0, 100).Select(static i => $"Warning: server[7] line {i}"), lines.Select(static line => line[(line.IndexOf(' ') + 1)..]));
    }

    [Fact]
    public async Task A_terminal_that_stands_still_is_not_waited_for_without_end()
    {
        using var goesOn = new ManualResetEventSlim();
        var stands = new TaskCompletionSource();
        var log = new TableLog(
            _ =>
            {
                stands.TrySetResult();
                goesOn.Wait();
            },
            _time);
        Warn(log.CreateLogger("server"), "to a terminal that stands still");
        await stands.Task.WaitAsync(Guard.Event);

        Task end = log.DisposeAsync().AsTask();
        bool early = end.IsCompleted;
        _time.Advance(TableLog.Patience);
        await end.WaitAsync(Guard.Event);

        Assert.False(early);
        goesOn.Set();
    }

    [Fact]
    public async Task A_terminal_that_is_gone_fails_nobody_at_the_end()
    {
        var log = new TableLog(static _ => throw new IOException("gone"), _time);
        Warn(log.CreateLogger("server"), "to nobody");

        await log.DisposeAsync().AsTask().WaitAsync(Guard.Event);
    }

    // Ctrl+S stops a terminal: whoever draws on it waits for Ctrl+Q. The server has patience twice, for its table and for its log.
    [PeerFact("script")]
    public async Task A_server_whose_terminal_stands_still_ends_all_the_same()
    {
        await using var terminal = new ChildProgram(
            "env", "TERM=xterm", "script", "--quiet", "--return", "--command",
            $"stty columns 160; echo pid $$.; exec dotnet {EchoServerProcess.Assembly} --listen tcp://127.0.0.1:0 --stats 0.2", "/dev/null");
        await terminal.OutputAsync(static text => text.Contains("Why refused", StringComparison.Ordinal) && text.Contains("listening tcp://", StringComparison.Ordinal));

        await terminal.WriteAsync("\u0013");
        await Signals.SendAsync("TERM", int.Parse(ServerId().Match(terminal.Output).Groups[1].Value, CultureInfo.InvariantCulture));

        Assert.True(await terminal.ExitAsync() == 0, terminal.ToString());
    }

    [GeneratedRegex(@"pid (\d+)\.")]
    private static partial Regex ServerId();

    private static void Warn(ILogger logger, string text) => logger.Log(LogLevel.Warning, 7, text, null, static (text, _) => text);
}
