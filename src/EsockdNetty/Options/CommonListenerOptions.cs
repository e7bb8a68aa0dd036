using EsockdNetty.Accepting;
using EsockdNetty.Codecs;

namespace EsockdNetty;

/// <summary>
/// Everything about a listener but its name and its address: what one listener has of its own, what a server has for all of them
/// (<see cref="SocketServerOptions.ListenerDefaults"/>), and what can be changed while it runs (<see cref="Listener.Update"/>). The groups exist
/// already, so that setting one value never replaces another.
/// </summary>
public class CommonListenerOptions
{
    private Setting<PacketType> _packet = new(PacketType.Raw);
    private Setting<Refusal> _refusal = new(Refusal.Reset);

    private protected CommonListenerOptions()
    {
    }

    /// <summary>How packets lie in the stream. Default: raw, no packets but what each read gave.</summary>
    public PacketType Packet { get => _packet.Value; set => _packet.Value = value; }

    /// <summary>How much it takes on.</summary>
    public LimitOptions Limits { get; private set; } = new();

    /// <summary>How long it waits.</summary>
    public TimeoutOptions Timeouts { get; private set; } = new();

    /// <summary>What the system is told about its sockets.</summary>
    public SocketOptions Socket { get; private set; } = new();

    /// <summary>How it speaks TLS.</summary>
    public TlsOptions Tls { get; private set; } = new();

    /// <summary>Who may connect. Default: everybody who is not banned.</summary>
    public AccessOptions Access { get; private set; } = [];

    /// <summary>When it says that it has many connections.</summary>
    public AlarmOptions Alarm { get; private set; } = new();

    /// <summary>How a connection is refused. Default: it is reset.</summary>
    public Refusal Refusal { get => _refusal.Value; set => _refusal.Value = value; }

    /// <summary>True where it is known to listen on a unix socket.</summary>
    private protected virtual bool IsUnix => false;

    internal static CommonListenerOptions ForAll() => new();

    /// <summary>Every fault of the groups and of what they say together.</summary>
    /// <param name="faults">Where the faults go.</param>
    /// <param name="address">Null where it is not known, or wrong: what depends on it is not judged.</param>
    internal void Validate(OptionFaults faults, ListenAddress? address)
    {
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
        Socket.Validate(faults, address);
        Tls.Validate(faults, address is { IsTls: true });
        Access.Validate(faults);
        Alarm.Validate(faults);
    }

    /// <summary>Takes each general value that was chosen where none was chosen here.</summary>
    internal void Inherit(CommonListenerOptions general)
    {
        _packet.Inherit(general._packet);
        _refusal.Inherit(general._refusal);
        Limits.Inherit(general.Limits);
        Timeouts.Inherit(general.Timeouts);
        Socket.Inherit(general.Socket, IsUnix);
        Tls.Inherit(general.Tls);
        if (Access.Count == 0)
        {
            Access = general.Access.Copy();
        }

        Alarm.Inherit(general.Alarm);
    }

    internal CommonListenerOptions Copy()
    {
        var copy = (CommonListenerOptions)MemberwiseClone();
        copy.Limits = Limits.Copy();
        copy.Timeouts = Timeouts.Copy();
        copy.Socket = Socket.Copy();
        copy.Tls = Tls.Copy();
        copy.Access = Access.Copy();
        copy.Alarm = Alarm.Copy();
        return copy;
    }
}
