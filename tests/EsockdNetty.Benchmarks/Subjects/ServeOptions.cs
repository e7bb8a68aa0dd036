namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>What a subject serves.</summary>
internal sealed record ServeOptions(Framing Framing, bool Tls, int Loops, bool AwaitWrites);
