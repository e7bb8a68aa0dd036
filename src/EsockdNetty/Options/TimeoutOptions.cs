namespace EsockdNetty;

/// <summary>How long one listener waits for its peers.</summary>
public sealed class TimeoutOptions
{
    /// <summary>A connection from which no byte came for so long is closed. Default: 120 s; null: never.</summary>
    public TimeSpan? Idle { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>A frame must be whole so long after its first byte, plus one second for every KiB received. Default: 10 s; null: never.</summary>
    public TimeSpan? Frame { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A TLS handshake must be done so long after the connection was accepted. Default: 10 s.</summary>
    public TimeSpan Handshake { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The age of the oldest byte that waits to be sent at which the connection is reset. Default: 30 s; null: never.</summary>
    public TimeSpan? Send { get; set; } = TimeSpan.FromSeconds(30);

    internal void Validate(OptionFaults faults)
    {
        faults.Positive("Timeouts:Idle", Idle);
        faults.Positive("Timeouts:Frame", Frame);
        faults.Positive("Timeouts:Handshake", Handshake);
        faults.Positive("Timeouts:Send", Send);
    }

    internal TimeoutOptions Copy() => (TimeoutOptions)MemberwiseClone();
}
