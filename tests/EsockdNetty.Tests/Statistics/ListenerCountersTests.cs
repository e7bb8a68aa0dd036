using EsockdNetty.Accepting;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;

namespace EsockdNetty.Tests.Statistics;

public sealed class ListenerCountersTests
{
    [Fact]
    public void Begins_at_zero_with_no_reason_listed()
    {
        ListenerStatistics statistics = new ListenerCounters().Snapshot();

        Assert.Equal((0, 0, 0), (statistics.Accepted, statistics.Current, statistics.Pending));
        Assert.Empty(statistics.Refused);
        Assert.Empty(statistics.Closed);
    }

    [Fact]
    public void Has_a_count_for_every_reason()
    {
        var counters = new ListenerCounters();

        Array.ForEach(Enum.GetValues<RefusalReason>(), reason => counters.ConnectionRefused(reason));
        Array.ForEach(Enum.GetValues<CloseReason>(), reason => counters.ConnectionClosed(reason, new ConnectionTraffic(1, 2, 3, 4)));

        ListenerStatistics statistics = counters.Snapshot();
        Assert.All(Enum.GetValues<RefusalReason>(), reason => Assert.Equal(1, statistics.Refused[reason]));
        Assert.All(Enum.GetValues<CloseReason>(), reason => Assert.Equal(1, statistics.Closed[reason]));
    }

    [Fact]
    public void A_snapshot_does_not_change_any_more()
    {
        var counters = new ListenerCounters();
        ListenerStatistics before = counters.Snapshot();

        counters.ConnectionAccepted();
        counters.HandshakeCompleted();
        counters.HandshakeFailed();

        Assert.Equal(0, before.Accepted);
        Assert.Equal((1, 1, 1), (counters.Snapshot().Accepted, counters.Snapshot().HandshakesCompleted, counters.Snapshot().HandshakesFailed));
    }
}
