namespace EsockdNetty.Codecs;

/// <summary>How many messages went one way over a connection, and how long they were, as of one moment; the words of <c>inet:getstat/1</c>.</summary>
/// <param name="Count">Messages.</param>
/// <param name="Octets">Their bytes together, without framing.</param>
/// <param name="Max">Bytes of the longest.</param>
/// <param name="Average">Mean bytes of one; 0 when there was none.</param>
/// <param name="Deviation">Standard deviation of their lengths in bytes; 0 when there was none.</param>
public readonly record struct MessageCounts(long Count, long Octets, int Max, double Average, double Deviation);
