using EsockdNetty.Accepting.Overload;

namespace EsockdNetty.Opening;

/// <summary>A server's effective values as one line of text; <see cref="ListenerText"/> has those of a listener. Policies that are off are not named.</summary>
internal static class SettingsText
{
    public static string Of(SocketServer server)
    {
        SocketServerOptions options = server.Options;
        OverloadOptions overload = options.Overload;
        return $"max connections {server.MaxConnections}, drain {Seconds(options.DrainTimeout)}, handshake steps {options.Handshakes.StepsPerRound} a round and {options.Handshakes.Slots?.ToString() ?? "any number"} in all, "
            + $"buffer budget {server.BufferBudget} bytes{(options.CollectAfterBurst ? "" : ", no collection after bursts")}, "
            + $"overload at loop lag {Seconds(overload.LoopLag)} for {Seconds(overload.LoopLagFor)} and memory {Share(overload.MemoryHigh)} until {Share(overload.MemoryLow)}"
            + $"{(overload.Reason is null ? "" : " and for reasons of the application's")}, {Bans(options.Bans)}";
    }

    public static string Seconds(TimeSpan? time) => time is { } value ? FormattableString.Invariant($"{value.TotalSeconds:0.###} s") : "never";

    private static string Bans(BanOptions bans)
    {
        string points = string.Join(
            ", ",
            new (string Abuse, int? Points)[] { ("bad framing", bans.BadFraming), ("failed handshake", bans.FailedHandshake), ("denied", bans.Denied), ("rate exceeded", bans.RateExceeded) }
                .Where(static kind => kind.Points is not null)
                .Select(static kind => $"{kind.Abuse} {kind.Points}"));
        return $"bans at {bans.Threshold} points within {Seconds(bans.Window)} for {Seconds(bans.Duration)} ({(points.Length > 0 ? points : "nothing has points")})"
            + (bans.NeverBan.Count > 0 ? $", never banned {Some(bans.NeverBan)}" : "");
    }

    /// <summary>The first of a list that may be long, and how many more there are.</summary>
    public static string Some(IList<string> texts)
    {
        const int Most = 8;
        return string.Join("; ", texts.Take(Most)) + (texts.Count > Most ? $" and {texts.Count - Most} more" : "");
    }

    private static string Share(double? share) => share is { } value ? FormattableString.Invariant($"{value:P0}") : "never";
}
