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

    private protected override bool IsUnix => ListenAddress.TryParse(Address, out ListenAddress? address) && address.IsUnix;

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

        Validate(faults, address);
    }

    internal new ListenerOptions Copy() => (ListenerOptions)base.Copy();
}
