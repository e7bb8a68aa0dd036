using EsockdNetty.Opening;

namespace EsockdNetty.Control;

/// <summary>Makes a listener's next settings of changed options, or throws every fault of them and leaves everything as it was.</summary>
internal static class SettingsChange
{
    public static ListenerSettings Check(ListenerSettings current, ListenAddress address, CommonListenerOptions options, SocketTrial? trial, bool reload)
    {
        var faults = new OptionFaults($"Listeners:{current.Name}");
        options.Validate(faults, address);
        ForbidFixed(current.Limits, options.Limits, faults);
        TlsMaterial? tls = current.TlsMaterial;
        if (address.IsTls && (reload || tls?.Serves(options.Tls) != true))
        {
            tls = TlsMaterial.Load(options.Tls, faults);
        }

        if (faults.All.Count == 0)
        {
            trial?.Run(SocketSettings.Of(options.Socket), faults);
        }

        return faults.All.Count == 0 ? current.With(options, tls) : throw new ListenerOptionsException(faults.All);
    }

    // Whoever is counted by one prefix could not be given back by another.
    private static void ForbidFixed(LimitOptions current, LimitOptions next, OptionFaults faults)
    {
        if (next.PerAddress is { IPv6Prefix: var prefix } && prefix != current.PerAddress.IPv6Prefix)
        {
            faults.Add("Limits:PerAddress:IPv6Prefix", prefix, "it cannot be changed while the listener is open: open another");
        }
    }
}
