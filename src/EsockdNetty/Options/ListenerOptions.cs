namespace EsockdNetty;

/// <summary>Everything about one listener. A listener takes a copy when it opens; later changes here change nothing.</summary>
public sealed class ListenerOptions : CommonListenerOptions
{
    /// <summary>A listener of that name at that address.</summary>
    public ListenerOptions(string name, string address)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(address);
        Name = name;
        Address = address;
    }

    /// <summary>Tells one listener of a server from another; stands in logs and metrics.</summary>
    public string Name { get; }

    /// <summary>Where to listen; see <see cref="ListenAddress"/>.</summary>
    public string Address { get; set; }

    /// <summary>
    /// Listening sockets that share the port (SO_REUSEPORT), each with an event loop of its own on which what it accepts stays; the system spreads
    /// connections over them by their addresses and ports. Default: 1, a loop that accepts for all others. More cost less a connection and spread
    /// less evenly: as many as there are loops, where connections come fast. Linux only, not for unix sockets. A port in use is an error as ever;
    /// later another program of the same user may join it, if it uses SO_REUSEPORT too.
    /// </summary>
    public int Acceptors { get; set; } = 1;

    private protected override bool IsUnix => ListenAddress.TryParse(Address, out ListenAddress? address) && address.IsUnix;

    /// <summary>
    /// Called when it listens and before it accepts: after it was opened, resumed or opened again, and when a socket that was lost is bound again.
    /// Accepting waits for its end. What it throws fails the open, or the resume, and nothing is left behind; after a loss it is logged, and accepting
    /// goes on. It must not wait for a change of the listener itself. Default: null.
    /// </summary>
    public Func<Listener, Task>? OnListening { get; set; }

    internal string Path => $"Listeners:{Name}";

    /// <summary>Every fault of these options together; empty when there is none. Files are not looked at before the listener opens.</summary>
    public IReadOnlyList<OptionFault> Validate()
    {
        var faults = new OptionFaults(Path);
        Validate(faults);
        return faults.All;
    }

    internal void Validate(OptionFaults faults)
    {
        if (string.IsNullOrWhiteSpace(Name))
        {
            faults.Add("Name", $"'{Name}'", "give the listener a name");
        }

        if (!ListenAddress.TryParse(Address, out ListenAddress? address))
        {
            faults.Add("Address", Address, $"use {ListenAddress.Accepted}");
        }

        ValidateAcceptors(faults, address);
        Validate(faults, address);
    }

    private void ValidateAcceptors(OptionFaults faults, ListenAddress? address)
    {
        faults.AtLeast("Acceptors", Acceptors, 1);
        if (Acceptors > 1 && address is { IsUnix: true })
        {
            faults.Add("Acceptors", Acceptors, "use 1: a unix socket has no port to share");
        }
        else if (Acceptors > 1 && address is { IsInherited: true })
        {
            faults.Add("Acceptors", Acceptors, "use 1: a socket that was handed in is one");
        }
        else if (Acceptors > 1 && !OperatingSystem.IsLinux())
        {
            faults.Add("Acceptors", Acceptors, "use 1: only Linux spreads connections over the sockets of a port");
        }
    }

    internal new ListenerOptions Copy() => (ListenerOptions)base.Copy();
}
