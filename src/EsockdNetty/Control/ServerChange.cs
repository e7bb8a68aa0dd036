namespace EsockdNetty.Control;

/// <summary>Judges changed options of a running server: throws every fault of them together.</summary>
internal static class ServerChange
{
    public static void Check(SocketServerOptions current, SocketServerOptions next)
    {
        IReadOnlyList<OptionFault> faults = [.. next.Validate(), .. FixedOf(current, next)];
        if (faults.Count > 0)
        {
            throw new ListenerOptionsException(faults);
        }
    }

    // What its loops, its meter and its counts were made with.
    private static IReadOnlyList<OptionFault> FixedOf(SocketServerOptions current, SocketServerOptions next)
    {
        const string Remedy = "it cannot be changed while the server runs: make another server";
        var faults = new OptionFaults("Server");
        Forbid(nameof(next.LoggerFactory), current.LoggerFactory, next.LoggerFactory);
        Forbid(nameof(next.MeterFactory), current.MeterFactory, next.MeterFactory);
        Forbid(nameof(next.Loops), current.Loops, next.Loops);
        Forbid(nameof(next.Transport), current.Transport, next.Transport);
        Forbid(nameof(next.CustomTransport), current.CustomTransport, next.CustomTransport);
        Forbid("Bans:IPv6Prefix", current.Bans.IPv6Prefix, next.Bans.IPv6Prefix);
        return faults.All;

        void Forbid<T>(string option, T before, T after)
        {
            if (!EqualityComparer<T>.Default.Equals(before, after))
            {
                faults.Add(option, after, Remedy);
            }
        }
    }
}
