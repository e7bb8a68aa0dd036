using EsockdNetty;
using Spectre.Console;

namespace EchoServer.Stats;

/// <summary>--stats: a table that is kept up to date on a terminal, plain lines where stderr goes elsewhere. Stdout stays as it is.</summary>
internal sealed class StatsDisplay
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>True where a table can be drawn over itself.</summary>
    public bool IsLive => _console.Profile is { Out.IsTerminal: true, Capabilities.Ansi: true };

    /// <summary>A line above the table.</summary>
    public void WriteLine(string line) => _console.WriteLine(line);

    /// <summary>Shows the listeners until the server has stopped, and once more then.</summary>
    public Task RunAsync(SocketServer server, IReadOnlyList<Listener> listeners, TimeSpan interval)
    {
        var reader = new StatsReader(listeners, TimeProvider.System);
        return IsLive
            ? _console.Live(TableOf(reader.Read())).StartAsync(table => Repeat(server.Completion, interval, () => table.UpdateTarget(TableOf(reader.Read()))))
            : Repeat(server.Completion, interval, () => WriteLines(reader.Read()));
    }

    // Of the terminal's width now: it may have been changed.
    private Table TableOf(IReadOnlyList<StatsRow> rows) => StatsTable.Of(rows, _console.Profile.Width);

    private static void WriteLines(IReadOnlyList<StatsRow> rows)
    {
        foreach (StatsRow row in rows)
            Console.Error.WriteLine(OneLine.Of(StatsText.LineOf(row)));
    }

    private static async Task Repeat(Task end, TimeSpan interval, Action show)
    {
        using var timer = new PeriodicTimer(interval);
        bool ended;
        do
        {
            await Task.WhenAny(end, timer.WaitForNextTickAsync().AsTask());

            // Asked before it is shown: what is shown last is how it ended.
            ended = end.IsCompleted;
            show();
        }
        while (!ended);
    }
}
