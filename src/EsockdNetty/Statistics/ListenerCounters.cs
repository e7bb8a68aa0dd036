using EsockdNetty.Accepting;
using EsockdNetty.Connections;

namespace EsockdNetty.Statistics;

/// <summary>The running counts of one listener. Any thread; one interlocked addition each.</summary>
public sealed class ListenerCounters
{
    private readonly long[] _refused = new long[Enum.GetValues<RefusalReason>().Length];
    private readonly long[] _closed = new long[Enum.GetValues<CloseReason>().Length];
    private long _accepted;
    private long _current;
    private long _pending;
    private long _bytesReceived;
    private long _bytesSent;
    private long _messagesReceived;
    private long _messagesSent;
    private long _handshakesCompleted;
    private long _handshakesFailed;
    private long _acceptPauses;
    private long _rebinds;

    /// <summary>Connections that live now.</summary>
    public long Current => Volatile.Read(ref _current);

    /// <summary>Connections that live now and are not admitted yet.</summary>
    internal long Pending => Volatile.Read(ref _pending);

    /// <summary>Connections that passed every gate.</summary>
    internal long Accepted => Volatile.Read(ref _accepted);

    /// <summary>How often accepting paused.</summary>
    internal long AcceptPauses => Volatile.Read(ref _acceptPauses);

    /// <summary>What went over the connections that ended.</summary>
    public ConnectionTraffic Traffic => new(
        Volatile.Read(ref _bytesReceived),
        Volatile.Read(ref _bytesSent),
        Volatile.Read(ref _messagesReceived),
        Volatile.Read(ref _messagesSent));

    /// <summary>A connection has passed every gate.</summary>
    public void ConnectionAccepted() => Interlocked.Increment(ref _accepted);

    /// <summary>A connection was refused.</summary>
    public void ConnectionRefused(RefusalReason reason) => Interlocked.Increment(ref _refused[(int)reason]);

    /// <summary>A connection's account was opened.</summary>
    public void ConnectionOpened() => Interlocked.Increment(ref _current);

    /// <summary>A connection's account was closed, with what went over it.</summary>
    public void ConnectionClosed(CloseReason reason, ConnectionTraffic traffic)
    {
        Interlocked.Increment(ref _closed[(int)reason]);
        Interlocked.Add(ref _bytesReceived, traffic.BytesReceived);
        Interlocked.Add(ref _bytesSent, traffic.BytesSent);
        Interlocked.Add(ref _messagesReceived, traffic.MessagesReceived);
        Interlocked.Add(ref _messagesSent, traffic.MessagesSent);
        Interlocked.Decrement(ref _current);
    }

    /// <summary>A connection waits to be admitted.</summary>
    public void PendingEntered() => Interlocked.Increment(ref _pending);

    /// <summary>A connection was admitted, or ended before.</summary>
    public void PendingLeft() => Interlocked.Decrement(ref _pending);

    /// <summary>A TLS handshake was done.</summary>
    public void HandshakeCompleted() => Interlocked.Increment(ref _handshakesCompleted);

    /// <summary>A TLS handshake failed or ran out of time.</summary>
    public void HandshakeFailed() => Interlocked.Increment(ref _handshakesFailed);

    /// <summary>Accepting paused.</summary>
    public void AcceptPaused() => Interlocked.Increment(ref _acceptPauses);

    /// <summary>The listening socket was lost, and the address is bound again.</summary>
    public void Rebound() => Interlocked.Increment(ref _rebinds);

    /// <summary>All counts as of now. Each is exact; they are read one after the other.</summary>
    public ListenerStatistics Snapshot() => new()
    {
        Accepted = Accepted,
        Current = Current,
        Pending = Pending,
        Refused = ByReason<RefusalReason>(_refused),
        Closed = ByReason<CloseReason>(_closed),
        BytesReceived = Traffic.BytesReceived,
        BytesSent = Traffic.BytesSent,
        MessagesReceived = Traffic.MessagesReceived,
        MessagesSent = Traffic.MessagesSent,
        HandshakesCompleted = Volatile.Read(ref _handshakesCompleted),
        HandshakesFailed = Volatile.Read(ref _handshakesFailed),
        AcceptPauses = AcceptPauses,
        Rebinds = Volatile.Read(ref _rebinds),
    };

    private static Dictionary<TReason, long> ByReason<TReason>(long[] counts)
        where TReason : struct, Enum
    {
        var byReason = new Dictionary<TReason, long>();
        foreach (TReason reason in Enum.GetValues<TReason>())
        {
            if (Volatile.Read(ref counts[Convert.ToInt32(reason)]) is var count and > 0)
            {
                byReason[reason] = count;
            }
        }

        return byReason;
    }
}
