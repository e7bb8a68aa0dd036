namespace EsockdNetty.Draining;

/// <summary>How far a drain is.</summary>
/// <param name="AtStart">Connections when it began.</param>
/// <param name="Remaining">Connections that live still.</param>
/// <param name="Elapsed">Time since it began.</param>
/// <param name="Timeout">Time from its beginning to its deadline.</param>
public readonly record struct DrainProgress(int AtStart, int Remaining, TimeSpan Elapsed, TimeSpan Timeout);
