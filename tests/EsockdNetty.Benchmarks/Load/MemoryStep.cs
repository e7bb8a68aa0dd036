namespace EsockdNetty.Benchmarks.Load;

/// <summary>A server's resident bytes while that many connections were open.</summary>
internal sealed record MemoryStep(int Open, long Rss);
