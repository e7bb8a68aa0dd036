namespace EsockdNetty.Accepting.Overload;

/// <summary>Bytes in use and the bytes above which the process would be in danger.</summary>
internal readonly record struct MemoryReading(long Used, long Limit);
