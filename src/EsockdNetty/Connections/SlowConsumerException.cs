namespace EsockdNetty.Connections;

/// <summary>A write failed because too much waits to be sent to the peer already: it reads too slowly.</summary>
public sealed class SlowConsumerException : IOException
{
    /// <summary>Names how much waits and how much may.</summary>
    public SlowConsumerException(long pendingBytes, long limit)
        : base($"{pendingBytes} bytes wait to be sent to a peer that reads too slowly; {limit} may.")
    {
        PendingBytes = pendingBytes;
        Limit = limit;
    }

    /// <summary>Bytes that waited when the write came.</summary>
    public long PendingBytes { get; }

    /// <summary>Bytes that may wait.</summary>
    public long Limit { get; }
}
