using EsockdNetty.Accepting;
using EsockdNetty.Codecs;

namespace EsockdNetty;

/// <summary>
/// Everything about one listener. The groups exist already, so that setting one value never replaces another. A listener takes a copy when it
/// opens; later changes here change nothing.
/// </summary>
public sealed class ListenerOptions
{
    private const int MostRefusalBytes = 512;

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

    /// <summary>How packets lie in the stream. Default: raw, no packets but what each read gave.</summary>
    public PacketType Packet { get; set; } = PacketType.Raw;

    /// <summary>How much it takes on.</summary>
    public LimitOptions Limits { get; private set; } = new();

    /// <summary>How long it waits.</summary>
    public TimeoutOptions Timeouts { get; private set; } = new();

    /// <summary>What the system is told about its sockets.</summary>
    public SocketOptions Socket { get; private set; } = new();

    /// <summary>How it speaks TLS.</summary>
    public TlsOptions Tls { get; private set; } = new();

    /// <summary>How a connection is refused. Default: it is reset.</summary>
    public Refusal Refusal { get; set; } = Refusal.Reset;

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

        bool parsed = ListenAddress.TryParse(Address, out ListenAddress? address);
        if (!parsed)
        {
            faults.Add("Address", Address, $"use {ListenAddress.Accepted}");
        }

        if (Packet is null)
        {
            faults.Add("Packet", null, "use PacketType.Raw for a stream without packets");
        }

        if (Refusal is null)
        {
            faults.Add("Refusal", null, "use Refusal.Reset, Refusal.Close or Refusal.Bytes");
        }
        else if (Refusal.SendsBytes && address is { IsTls: true })
        {
            faults.Add("Refusal", Refusal, "bytes can be sent on plain listeners only: use Refusal.Reset or Refusal.Close");
        }

        Limits.Validate(faults);
        Timeouts.Validate(faults);
        Socket.Validate(faults);
        Tls.Validate(faults, address is { IsTls: true });
    }

    internal ListenerOptions Copy()
    {
        var copy = (ListenerOptions)MemberwiseClone();
        copy.Limits = Limits.Copy();
        copy.Timeouts = Timeouts.Copy();
        copy.Socket = Socket.Copy();
        copy.Tls = Tls.Copy();
        return copy;
    }
}
