namespace EsockdNetty.Accepting.Overload;

/// <summary>How long what waits for a loop has had to wait: its rounds as of one sample.</summary>
/// <param name="Loop">The loop's name.</param>
/// <param name="Last">The round that is running, or else the last one.</param>
/// <param name="Longest">The longest since the sample before, the one that is running included.</param>
public readonly record struct LoopLag(string Loop, TimeSpan Last, TimeSpan Longest);
