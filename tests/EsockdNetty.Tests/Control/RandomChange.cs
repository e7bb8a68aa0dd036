using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Access;
using EsockdNetty.Accepting.Rates;
using EsockdNetty.Connections.Handshakes;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control;

/// <summary>One change of a running listener or its server, chosen by chance: whatever it is, the living have nothing to fear from it.</summary>
internal static class RandomChange
{
    private const int MostConnections = 2_000;
    private const string Adds = "add ";
    private const string Removes = "remove ";

    private static readonly Action<CommonListenerOptions, Random>[] Options =
    [
        static (options, chance) => options.Limits.MaxConnections = chance.Next(1, MostConnections),
        static (options, _) => options.Limits.MaxConnections = null,
        static (options, chance) => options.Limits.OverLimit = chance.Next(2) == 0 ? OverLimit.Refuse : OverLimit.Wait,
        static (options, chance) => options.Limits.MaxPending = chance.Next(1, MostConnections),
        static (options, chance) => options.Limits.Rate = new ConnectionRate(chance.Next(10, MostConnections), TimeSpan.FromSeconds(1)),
        static (options, _) => options.Limits.Rate = null,
        static (options, chance) => options.Limits.PerAddress = new PerAddressOptions(chance.Next(1, MostConnections)),
        static (options, chance) => options.Limits.MaxFrame = chance.Next(64, 64 * 1024),
        static (options, chance) => options.Limits.MaxPendingWriteBytes = chance.Next(64 * 1024, 64 * 1024 * 1024),
        static (options, chance) => options.Timeouts.Idle = TimeSpan.FromMinutes(chance.Next(5, 50)),
        static (options, chance) => options.Timeouts.Send = TimeSpan.FromMinutes(chance.Next(5, 50)),
        static (options, chance) => options.Timeouts.Handshake = TimeSpan.FromMinutes(chance.Next(5, 50)),
        static (options, chance) => options.Socket.Backlog = chance.Next(16, 1024),
        static (options, chance) => options.Socket.NoDelay = chance.Next(2) == 0,
    ];

    private static readonly Action<SocketServerOptions, Random>[] ServerOptions =
    [
        static (options, chance) => options.MaxConnections = chance.Next(1, MostConnections),
        static (options, _) => options.MaxConnections = null,
        static (options, chance) => options.Handshakes = new HandshakeLimit(chance.Next(1, 8)),
        static (options, chance) => options.Bans.Threshold = chance.Next(10, 100),
        static (options, chance) => options.Overload.LoopLag = TimeSpan.FromSeconds(chance.Next(20, 60)),
    ];

    /// <summary>Makes the change and tells what it was.</summary>
    public static async Task<string> Make(SocketServer server, Listener listener, Random chance)
    {
        switch (chance.Next(12))
        {
            case 10:
                var added = AccessRule.Parse($"deny 2001:db8::{chance.Next(ushort.MaxValue):x}:{chance.Next(ushort.MaxValue):x}:{chance.Next(ushort.MaxValue):x}");
                listener.Access.AddFirst(added);
                return Adds + added;
            case 11:
                return listener.Access.Rules is [AccessRule first, ..] && listener.Access.Remove(first) ? Removes + first : "remove no rule";
            case 8:
            case 9:
                int chosen = chance.Next(ServerOptions.Length);
                server.Update(options => ServerOptions[chosen](options, chance));
                return $"update of the server {chosen}";
            case 0:
                await listener.SuspendAsync();
                return "suspend";
            case 1:
                await listener.ResumeAsync();
                return "resume";
            case 2:
                listener.ReloadCertificates();
                return "reload";
            case 3:
                listener.SwapHandlers(OneListener.Echo);
                return "swap to a session";
            case 4:
                listener.SwapHandlers(static pipeline => pipeline.AddLast(new EchoHandler()));
                return "swap to a handler";
            default:
                return Update(listener, chance);
        }
    }

    /// <summary>The rules there are after all these changes of a listener that had none.</summary>
    public static IEnumerable<string> RulesAfter(IReadOnlyCollection<string> changes) =>
        RulesOf(changes, Adds).Except(RulesOf(changes, Removes)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> RulesOf(IEnumerable<string> changes, string verb) =>
        changes.Where(change => change.StartsWith(verb, StringComparison.Ordinal)).Select(change => change[verb.Length..]);

    // Several options at once, as one change.
    private static string Update(Listener listener, Random chance)
    {
        int[] chosen = [.. Enumerable.Range(0, chance.Next(1, 4)).Select(_ => chance.Next(Options.Length))];
        listener.Update(options => Array.ForEach(chosen, each => Options[each](options, chance)));
        return $"update {string.Join(", ", chosen)}";
    }
}
