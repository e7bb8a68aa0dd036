using EsockdNetty.Connections;

namespace EsockdNetty.Statistics;

/// <summary>
/// What went over all connections of a listener: those that ended, counted when they did, and those that live, asked when somebody wants to know,
/// so that a message costs nothing here. Any thread.
/// </summary>
internal sealed class TrafficTotals(ListenerCounters counters, LiveConnections live)
{
    private readonly Lock _gate = new();
    private ConnectionTraffic _told;

    public ConnectionTraffic Read()
    {
        // The ended first: a connection that ends between the two is missed this once, never counted twice; what was told never goes back.
        ConnectionTraffic now = counters.Traffic;
        foreach (Connection connection in live.Connections)
        {
            now += connection.Traffic;
        }

        lock (_gate)
        {
            return _told = ConnectionTraffic.Max(_told, now);
        }
    }
}
