using DotNetty.Buffers;
using EsockdNetty.Statistics;

namespace EsockdNetty.HostileHost;

/// <summary>Reads the figures, and looks every few milliseconds so that it knows the highest.</summary>
internal sealed class Meter(Listener listener)
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
        ListenerStatistics counts = listener.Statistics;
        long held = BufferMemory.Held;
        long rss = Environment.WorkingSet;
        return new Figures
        {
            Accepted = counts.Accepted,
            Connections = counts.Current,
            Live = listener.ConnectionCount,
            Pending = counts.Pending,
            BytesHeld = held,
            MostBytesHeld = Math.Max(held, Volatile.Read(ref _mostHeld)),
            BytesReserved = BufferMemory.Reserved,
            ManagedBytes = GC.GetTotalMemory(false),
            Gen0Collections = GC.CollectionCount(0),
            Rss = rss,
            MostRss = Math.Max(rss, Volatile.Read(ref _mostRss)),
            Closed = counts.Closed.ToDictionary(),
            Refused = counts.Refused.ToDictionary(),
        };
    }

    private static void Raise(ref long most, long now)
    {
        if (now > Volatile.Read(ref most))
            Volatile.Write(ref most, now);
    }
}
