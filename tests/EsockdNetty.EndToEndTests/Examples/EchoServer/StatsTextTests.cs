using EchoServer.Stats;
using EsockdNetty.Accepting;
using EsockdNetty.Statistics;

namespace EsockdNetty.EndToEndTests.Examples.EchoServer;

public class StatsTextTests
{
    private static readonly StatsRow Row = new(
        "tcp-1",
        ListenerState.Running,
        new ListenerStatistics { Accepted = 10, BytesReceived = 1000 },
        new ListenerStatistics
        {
            Accepted = 30,
            Current = 3,
            BytesReceived = 11_240,
            MessagesReceived = 5,
            Refused = new Dictionary<RefusalReason, long> { [RefusalReason.MaxConnections] = 2, [RefusalReason.DescriptorReserve] = 9 },
            BacklogDepth = 1,
            BacklogLimit = 1024,
            ListenOverflows = 77,
        },
        TimeSpan.FromSeconds(2));

    [Fact]
    public void A_line_has_what_happened_in_a_second_and_why_clients_were_refused()
    {
        string line = StatsText.LineOf(Row);

        Assert.StartsWith("stats tcp-1 running: current 3, pending 0, accepted 10/s, in 5 KiB/s, out 0 B/s, messages 2.5/s, ", line, StringComparison.Ordinal);
        Assert.Contains("why refused: descriptor_reserve 9, max_connections 2; closed: -; backlog 1/1024, overflows 77, lag 0 ms", line, StringComparison.Ordinal);
    }

    [Fact]
    public void What_hinders_a_listener_stands_beside_its_state()
    {
        StatsRow waiting = Row with { Now = Row.Now with { IsWaiting = true } };
        StatsRow both = Row with { Now = Row.Now with { IsWaiting = true, IsPaused = true } };

        Assert.Equal(["running", "running, waiting", "running, waiting, paused"], new[] { Row, waiting, both }.Select(StatsText.StateOf));
    }

    [Fact]
    public void Nothing_is_divided_by_no_time() => Assert.Contains("accepted 0/s", StatsText.LineOf(Row with { Time = TimeSpan.Zero }), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "0 B/s")]
    [InlineData(1023, "1023 B/s")]
    [InlineData(1536, "1.5 KiB/s")]
    [InlineData(1024.0 * 1024 * 1024 * 1024 * 2, "2048 GiB/s")]
    public void Bytes_have_the_unit_that_fits(double perSecond, string text) => Assert.Equal(text, StatsText.Bytes(perSecond));
}
