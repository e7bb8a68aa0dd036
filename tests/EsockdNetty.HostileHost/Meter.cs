using DotNetty.Buffers;
using EsockdNetty.Statistics;

namespace EsockdNetty.HostileHost;

/// <summary>Reads the figures, and looks every few milliseconds so that it knows the highest.</summary>
internal sealed class Meter(IReadOnlyList<Listener> listeners)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    private long _mostHeld;
    private long _mostRss;

    public async Task LookAsync(CancellationToken over)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(over))
        {
            Raise(ref _mostHeld, BufferMemory.Held);
            Raise(ref _mostRss, Environment.WorkingSet);
        }
    }

    /// <summary>Forgets the highest.</summary>
    public void Mark()
    {
        Volatile.Write(ref _mostHeld, BufferMemory.Held);
        Volatile.Write(ref _mostRss, Environment.WorkingSet);
    }

    public Figures Read()
    {
        ListenerStatistics[] counts = [.. listeners.Select(static listener => listener.Statistics)];
        long held = BufferMemory.Held;
        long rss = Environment.WorkingSet;
        return new Figures
        {
            Accepted = counts.Sum(static of => of.Accepted),
            Connections = counts.Sum(static of => of.Current),
            Live = listeners.Sum(static listener => listener.ConnectionCount),
            Pending = counts.Sum(static of => of.Pending),
            BytesReceived = counts.Sum(static of => of.BytesReceived),
            HandshakesCompleted = counts.Sum(static of => of.HandshakesCompleted),
            HandshakesFailed = counts.Sum(static of => of.HandshakesFailed),
            BytesHeld = held,
            MostBytesHeld = Math.Max(held, Volatile.Read(ref _mostHeld)),
            BytesReserved = BufferMemory.Reserved,
            ManagedBytes = GC.GetTotalMemory(false),
            Gen0Collections = GC.CollectionCount(0),
            Rss = rss,
            MostRss = Math.Max(rss, Volatile.Read(ref _mostRss)),
            Rebinds = counts.Sum(static of => of.Rebinds),
            NumbersKept = ListeningDescriptors.Kept(),
            Closed = Sum(counts.SelectMany(static of => of.Closed)),
            Refused = Sum(counts.SelectMany(static of => of.Refused)),
        };
    }

    private static Dictionary<TReason, long> Sum<TReason>(IEnumerable<KeyValuePair<TReason, long>> counts)
        where TReason : notnull =>
        counts.GroupBy(static count => count.Key).ToDictionary(static group => group.Key, static group => group.Sum(static count => count.Value));

    private static void Raise(ref long most, long now)
    {
        if (now > Volatile.Read(ref most))
            Volatile.Write(ref most, now);
    }
}
