namespace EsockdNetty;

/// <summary>How long one listener waits for its peers.</summary>
public sealed class TimeoutOptions
{
    private Setting<TimeSpan?> _idle = new(TimeSpan.FromSeconds(120));
    private Setting<TimeSpan?> _frame = new(TimeSpan.FromSeconds(10));
    private Setting<TimeSpan> _handshake = new(TimeSpan.FromSeconds(10));
    private Setting<TimeSpan?> _send = new(TimeSpan.FromSeconds(30));

    /// <summary>A connection from which no byte came for so long is closed. Default: 120 s; null: never.</summary>
    public TimeSpan? Idle { get => _idle.Value; set => _idle.Value = value; }

    /// <summary>A frame must be whole so long after its first byte, plus one second for every KiB received. Default: 10 s; null: never.</summary>
    public TimeSpan? Frame { get => _frame.Value; set => _frame.Value = value; }

    /// <summary>A TLS handshake must be done so long after the connection was accepted. Default: 10 s.</summary>
    public TimeSpan Handshake { get => _handshake.Value; set => _handshake.Value = value; }

    /// <summary>The age of the oldest byte that waits to be sent at which the connection is reset. Default: 30 s; null: never.</summary>
    public TimeSpan? Send { get => _send.Value; set => _send.Value = value; }

    internal void Validate(OptionFaults faults)
    {
        faults.Positive("Timeouts:Idle", Idle);
        faults.Positive("Timeouts:Frame", Frame);
        faults.Positive("Timeouts:Handshake", Handshake);
        faults.Positive("Timeouts:Send", Send);
    }

    internal void Inherit(TimeoutOptions general)
    {
        _idle.Inherit(general._idle);
        _frame.Inherit(general._frame);
        _handshake.Inherit(general._handshake);
        _send.Inherit(general._send);
    }

    internal TimeoutOptions Copy() => (TimeoutOptions)MemberwiseClone();
}
