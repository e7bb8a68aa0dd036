namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>What a subject serves.</summary>
/// <param name="Loops">Threads that serve connections, where the subject lets us choose.</param>
/// <param name="AwaitWrites">The handler writes with a promise a message, where it could write without one.</param>
internal sealed record ServeOptions(Framing Framing, bool Tls, int Loops, bool AwaitWrites)
{
    /// <summary>Idle connections are held until the last of them is open: on a slow machine that takes longer than the 120 s of the server's default.</summary>
    public static TimeSpan IdleTimeout { get; } = TimeSpan.FromHours(1);
}
