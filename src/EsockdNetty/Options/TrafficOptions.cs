using EsockdNetty.Connections.Traffic;

namespace EsockdNetty;

/// <summary>
/// How much a listener receives. Above a limit connections are read later: nothing is lost, and their peers slow down. Switched on it holds for
/// connections accepted from then on; changed, for all that have it. Default: no limit.
/// </summary>
public sealed class TrafficOptions
{
    private Setting<TrafficRate?> _bytes;
    private Setting<TrafficRate?> _bytesPerConnection;
    private Setting<TrafficRate?> _messages;
    private Setting<TrafficRate?> _messagesPerConnection;

    /// <summary>Bytes a second over the network from all connections of the listener together, TLS and framing included. Default: null, no limit.</summary>
    public TrafficRate? Bytes { get => _bytes.Value; set => _bytes.Value = value; }

    /// <summary>Bytes a second over the network from each connection. Default: null, no limit.</summary>
    public TrafficRate? BytesPerConnection { get => _bytesPerConnection.Value; set => _bytesPerConnection.Value = value; }

    /// <summary>Packets a second, or reads where there are none, from all connections of the listener together. Default: null, no limit.</summary>
    public TrafficRate? Messages { get => _messages.Value; set => _messages.Value = value; }

    /// <summary>Packets a second, or reads where there are none, from each connection. Default: null, no limit.</summary>
    public TrafficRate? MessagesPerConnection { get => _messagesPerConnection.Value; set => _messagesPerConnection.Value = value; }

    internal bool LimitsBytes => Bytes is not null || BytesPerConnection is not null;

    internal bool LimitsMessages => Messages is not null || MessagesPerConnection is not null;

    internal void Validate(OptionFaults faults)
    {
        Bytes?.Validate(faults, "Limits:Traffic:Bytes");
        BytesPerConnection?.Validate(faults, "Limits:Traffic:BytesPerConnection");
        Messages?.Validate(faults, "Limits:Traffic:Messages");
        MessagesPerConnection?.Validate(faults, "Limits:Traffic:MessagesPerConnection");
    }

    internal void Inherit(TrafficOptions general)
    {
        _bytes.Inherit(general._bytes);
        _bytesPerConnection.Inherit(general._bytesPerConnection);
        _messages.Inherit(general._messages);
        _messagesPerConnection.Inherit(general._messagesPerConnection);
    }

    internal TrafficOptions Copy() => (TrafficOptions)MemberwiseClone();
}
