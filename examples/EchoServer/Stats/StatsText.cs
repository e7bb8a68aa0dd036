namespace EchoServer.Stats;

/// <summary>Figures as text, and a row as one plain line.</summary>
internal static class StatsText
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB"];

    public static string LineOf(StatsRow row) =>
        $"stats {row.Name} {StateOf(row)}: current {row.Now.Current}, pending {row.Now.Pending}, accepted {Rate(row.AcceptedPerSecond)}, "
        + $"in {Bytes(row.BytesInPerSecond)}, out {Bytes(row.BytesOutPerSecond)}, messages {Rate(row.MessagesPerSecond)}, "
        + $"why refused: {row.WhyRefused}; closed: {row.WhyClosed}; backlog {row.Backlog}, overflows {row.Overflows}, lag {Lag(row)}";

    public static string StateOf(StatsRow row) => row.State.ToString().ToLowerInvariant() + (row.Now.IsWaiting ? ", waiting" : "") + (row.Now.IsPaused ? ", paused" : "");

    public static string Rate(double perSecond) => $"{perSecond:0.#}/s";

    public static string Bytes(double perSecond)
    {
        int unit = 0;
        for (; perSecond >= 1024 && unit < Units.Length - 1; unit++)
            perSecond /= 1024;
        return $"{perSecond:0.#} {Units[unit]}/s";
    }

    public static string Lag(StatsRow row) => $"{row.Now.LoopLag.TotalMilliseconds:0.#} ms";
}
