using EchoServer.Stats;
using EsockdNetty.Accepting;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;
using Spectre.Console;

namespace EsockdNetty.EndToEndTests.Examples.EchoServer;

/// <summary>The table of --stats on terminals of several widths.</summary>
public class StatsTableTests
{
    private static readonly StatsRow Row = new(
        "[red]",
        ListenerState.Running,
        new ListenerStatistics { Accepted = 10, BytesReceived = 1000 },
        new ListenerStatistics
        {
            Accepted = 30,
            Current = 3,
            BytesReceived = 11_240,
            MessagesReceived = 5,
            Refused = new Dictionary<RefusalReason, long> { [RefusalReason.ServerMaxConnections] = 123_456, [RefusalReason.DescriptorReserve] = 9 },
            Closed = new Dictionary<CloseReason, long> { [CloseReason.HandshakeTimeout] = 1_234 },
            IsWaiting = true,
            BacklogDepth = 1,
            BacklogLimit = 1024,
            ListenOverflows = 77,
        },
        TimeSpan.FromSeconds(2));

    [Theory]
    [InlineData(80, "Listener", "Current", "Accepted", "Messages", "Why refused")]
    [InlineData(120, "Listener", "Current", "Accepted", "Bytes in, out", "Messages", "Why refused", "Closed")]
    [InlineData(160, "Listener", "Current", "Accepted", "Bytes in, out", "Messages", "Why refused", "Closed", "Backlog", "Lag")]
    public void It_has_the_columns_for_which_there_is_room_and_each_of_them_whole(int width, params string[] shown)
    {
        string[] lines = Draw(width, Row);

        Assert.Equal(shown, Words(lines[1]));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.All(["server_max_connections 123456", "descriptor_reserve 9", "[red]", "running", "waiting"], word => Assert.Single(lines, line => Words(line).Contains(word)));
        Assert.DoesNotContain(lines, static line => line.Contains('…', StringComparison.Ordinal));
        Assert.Contains("by all programs here: 77", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_wide_one_has_every_figure()
    {
        string[] words = [.. Draw(160, Row).SelectMany(Words)];

        Assert.Empty(new[] { "10/s", "5 KiB/s", "2.5/s", "handshake_timeout 1234", "1/1024", "0 ms", "30", "3", "0 pending" }.Except(words));
    }

    [Fact]
    public void Where_nothing_happens_more_of_it_fits_a_narrow_terminal() => Assert.Equal(
        ["Listener", "Current", "Accepted", "Messages", "Why refused", "Closed", "Backlog"],
        Words(Draw(80, new StatsRow("a", ListenerState.Running, new ListenerStatistics(), new ListenerStatistics(), TimeSpan.FromSeconds(1)))[1]));

    private static string[] Draw(int width, StatsRow row)
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        console.Write(StatsTable.Of([row], width));
        return [.. text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.TrimEnd())];
    }

    // What stands between the lines of the table, or of ASCII in place of them.
    private static string[] Words(string line) => line.Split(['│', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
