using DotNetty.Common.Concurrency;
using EsockdNetty.Accepting.Addresses;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Accepting.Bans;

/// <summary>
/// What a server writes about the bans that clients earn: one line a second for all of them, with their number, the last of the clients and what that
/// one did. Any thread; the seconds are those of <paramref name="executor"/>.
/// </summary>
internal sealed partial class BanLog(IEventExecutor executor, ILogger logger)
{
    private readonly LogWindow<Earned> _window = new((earned, count) =>
        Log.Banned(logger, count, count == 1 ? "ban was" : "bans were", earned.Client, BanScore.WordsFor(earned.Abuse), count - 1));

    public void Banned(ClientAddress client, Abuse abuse) => _window.Add(executor, new Earned(client, abuse));

    /// <summary>Writes what is held back.</summary>
    public void Flush() => _window.Flush();

    private readonly record struct Earned(ClientAddress Client, Abuse Abuse);

    private static partial class Log
    {
        [LoggerMessage(205, LogLevel.Warning, "{Count} {Bans} earned by points, the last by {Client}: {Abuse}; {Suppressed} more not listed. Remedy: lift the ban, and name the client in Bans:NeverBan, if it should be served")]
        public static partial void Banned(ILogger logger, long count, string bans, ClientAddress client, string abuse, long suppressed);
    }
}
