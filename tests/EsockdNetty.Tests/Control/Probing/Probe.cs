namespace EsockdNetty.Tests.Control.Probing;

/// <summary>What shows that one option, changed while a listener runs, is in force.</summary>
/// <param name="Path">The option.</param>
/// <param name="Change">Sets it to a value it does not have.</param>
internal sealed record Probe(string Path, Action<CommonListenerOptions> Change)
{
    /// <summary>What a newcomer meets; it is served where nothing is said.</summary>
    public Func<ProbedListener, Task> Shows { get; init; } = static async listener => (await listener.Join()).Dispose();

    /// <summary>What the listener opens with.</summary>
    public Action<ListenerOptions> Opened { get; init; } = static _ => { };

    /// <summary>What is echoed under the framing it opens with.</summary>
    public byte[] Ping { get; init; } = [42];

    /// <summary>Why this machine does not take it; null where it does.</summary>
    public string? Remedy { get; init; }

    public override string ToString() => Path;
}
