using EsockdNetty.Accepting;
using EsockdNetty.Opening;

namespace EsockdNetty.Control;

/// <summary>Makes a listener's next settings of changed options, or throws every fault of them and leaves everything as it was.</summary>
internal static class SettingsChange
{
    private const string Fixed = "it cannot be changed while the listener is open: open another";

    public static ListenerSettings Check(ListenerSettings current, ListenAddress address, CommonListenerOptions options, ListenerParts parts, bool reload)
    {
        var faults = new OptionFaults($"Listeners:{current.Name}");
        options.Validate(faults, address);
        ForbidFixed(current.Limits, options.Limits, faults);
        if (current.Options is ListenerOptions had && options is ListenerOptions next)
        {
            ForbidFixed(had, next, faults);
        }

        TlsMaterial? tls = current.TlsMaterial;
        if (address.IsTls && (reload || tls?.Serves(options.Tls) != true))
        {
            tls = TlsMaterial.Load(options.Tls, faults);
        }

        if (options.Limits.OverLimit == OverLimit.Wait && !parts.MayWait)
        {
            faults.Add("Limits:OverLimit", options.Limits.OverLimit, "use Refuse with several acceptors on .NET's sockets: one of them would hold a permit that its neighbour's clients wait for");
        }

        if (faults.All.Count == 0 && !reload)
        {
            parts.Trial?.Run(SocketSettings.Of(options.Socket), faults);
        }

        return faults.All.Count == 0 ? current.With(options, tls) : throw new ListenerOptionsException(faults.All);
    }

    // Whoever is counted by one prefix, or holds a permit of one limiter, could not be given back by another.
    private static void ForbidFixed(LimitOptions current, LimitOptions next, OptionFaults faults)
    {
        if (!ReferenceEquals(next.RateLimiter, current.RateLimiter))
        {
            faults.Add("Limits:RateLimiter", next.RateLimiter, $"{Fixed}, or change Limits:Rate");
        }

        if (next.PerAddress is { IPv6Prefix: var prefix } && prefix != current.PerAddress.IPv6Prefix)
        {
            faults.Add("Limits:PerAddress:IPv6Prefix", prefix, Fixed);
        }
    }

    // Out of sight in an update, but whoever binds a configuration to the draft sets them too.
    private static void ForbidFixed(ListenerOptions current, ListenerOptions next, OptionFaults faults)
    {
        if (next.Address != current.Address)
        {
            faults.Add("Address", next.Address, Fixed);
        }

        if (next.Acceptors != current.Acceptors)
        {
            faults.Add("Acceptors", next.Acceptors, Fixed);
        }

        if (next.OnListening != current.OnListening)
        {
            faults.Add("OnListening", next.OnListening, Fixed);
        }
    }
}
