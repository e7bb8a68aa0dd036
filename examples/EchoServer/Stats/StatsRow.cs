using EsockdNetty;
using EsockdNetty.Statistics;

namespace EchoServer.Stats;

/// <summary>One listener between two looks at its statistics.</summary>
/// <param name="Name">The listener's.</param>
/// <param name="State">What it does.</param>
/// <param name="Before">The look before.</param>
/// <param name="Now">The last look.</param>
/// <param name="Time">The time between the two.</param>
internal sealed record StatsRow(string Name, ListenerState State, ListenerStatistics Before, ListenerStatistics Now, TimeSpan Time)
{
    public double AcceptedPerSecond => PerSecond(static look => look.Accepted);

    public double BytesInPerSecond => PerSecond(static look => look.BytesReceived);

    public double BytesOutPerSecond => PerSecond(static look => look.BytesSent);

    public double MessagesPerSecond => PerSecond(static look => look.MessagesReceived);

    /// <summary>Reasons and how often, the most frequent first; "-" when nobody was refused.</summary>
    public string WhyRefused => Counts(Now.Refused, ReasonWords.Word);

    /// <summary>Reasons and how often, the most frequent first; "-" when no connection ended.</summary>
    public string WhyClosed => Counts(Now.Closed, ReasonWords.Word);

    /// <summary>Those that wait in the system, and how many may; "-" where it does not tell.</summary>
    public string Backlog => Now.BacklogDepth is { } depth ? $"{depth}/{Now.BacklogLimit}" : "-";

    /// <summary>Of the whole network namespace; "-" where the system does not tell.</summary>
    public string Overflows => Now.ListenOverflows?.ToString() ?? "-";

    private static string Counts<TReason>(IReadOnlyDictionary<TReason, long> counts, Func<TReason, string> word) =>
        counts.Count == 0 ? "-" : string.Join(", ", counts.OrderByDescending(static count => count.Value).Select(count => $"{word(count.Key)} {count.Value}"));

    private double PerSecond(Func<ListenerStatistics, long> count) => Time > TimeSpan.Zero ? (count(Now) - count(Before)) / Time.TotalSeconds : 0;
}
