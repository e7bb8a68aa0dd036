namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>What a subject serves.</summary>
/// <param name="Loops">Threads that serve connections, where the subject lets us choose.</param>
/// <param name="AwaitWrites">The handler writes with a promise a message, where it could write without one.</param>
internal sealed record ServeOptions(Framing Framing, bool Tls, int Loops, bool AwaitWrites);
