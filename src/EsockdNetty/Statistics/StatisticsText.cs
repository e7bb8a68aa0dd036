namespace EsockdNetty.Statistics;

/// <summary>A listener's counts in one line, reasons in the words of <see cref="ReasonWords"/>.</summary>
internal static class StatisticsText
{
    public static string Of(ListenerStatistics statistics) =>
        $"accepted {statistics.Accepted}, current {statistics.Current}, pending {statistics.Pending}, "
        + $"refused {Reasons(statistics.Refused, ReasonWords.Word)}, closed {Reasons(statistics.Closed, ReasonWords.Word)}, "
        + $"bytes {statistics.BytesReceived} in {statistics.BytesSent} out, messages {statistics.MessagesReceived} in {statistics.MessagesSent} out, "
        + $"handshakes {statistics.HandshakesCompleted} done {statistics.HandshakesFailed} failed, accept pauses {statistics.AcceptPauses}, "
        + $"rebinds {statistics.Rebinds}, loop lag {(long)statistics.LoopLag.TotalMilliseconds} ms"
        + (statistics.BacklogDepth is { } depth ? $", backlog {depth} of {statistics.BacklogLimit}" : "")
        + FlagsOf(statistics);

    private static string FlagsOf(ListenerStatistics statistics) => (statistics.IsWaiting ? ", waiting" : "") + (statistics.IsPaused ? ", paused" : "");

    private static string Reasons<TReason>(IReadOnlyDictionary<TReason, long> counts, Func<TReason, string> word)
    {
        long sum = counts.Values.Sum();
        return sum == 0 ? "0" : $"{sum} ({string.Join(", ", counts.OrderByDescending(static count => count.Value).Select(count => $"{word(count.Key)} {count.Value}"))})";
    }
}
