namespace EsockdNetty.Tests.Control.Probing;

/// <summary>A probe for every option that can be changed while a listener runs, and those that cannot.</summary>
internal static class Probes
{
    public static IReadOnlyList<Probe> All { get; } = [.. LimitProbes.All, .. TrafficProbes.All, .. TimeoutProbes.All, .. SocketProbes.All, .. TlsProbes.All, .. DoorProbes.All];

    /// <summary>
    /// Where it listens. And whoever is counted by one prefix, or holds a permit of one limiter, could not be given back by another.
    /// </summary>
    public static IReadOnlyDictionary<string, Action<CommonListenerOptions>> CannotChange { get; } = new Dictionary<string, Action<CommonListenerOptions>>
    {
        ["Address"] = static options => ((ListenerOptions)options).Address = "tcp://127.0.0.1:1",
        ["Acceptors"] = static options => ((ListenerOptions)options).Acceptors = 2,
        ["OnListening"] = static options => ((ListenerOptions)options).OnListening = static _ => Task.CompletedTask,
        ["Limits:PerAddress:IPv6Prefix"] = static options => options.Limits.PerAddress = options.Limits.PerAddress with { IPv6Prefix = 48 },
        ["Limits:RateLimiter"] = static options => options.Limits.RateLimiter = new System.Threading.RateLimiting.ConcurrencyLimiter(new() { PermitLimit = 1, QueueLimit = 1 }),
    };

    public static Probe Of(string path) => All.Single(probe => probe.Path == path);
}
