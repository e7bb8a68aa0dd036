using EsockdNetty.Accepting;

namespace EsockdNetty;

/// <summary>How much one listener takes on.</summary>
public sealed class LimitOptions
{
    // Header and body together must be countable in an int.
    private const int LongestFrame = int.MaxValue - 4;

    /// <summary>Live connections above which new ones are refused or wait. Default: null, the server's own limit alone.</summary>
    public int? MaxConnections { get; set; }

    /// <summary>What becomes of a connection over the limit. Default: it is refused.</summary>
    public OverLimit OverLimit { get; set; } = OverLimit.Refuse;

    /// <summary>Connections accepted but not admitted yet (handshake not done) above which the oldest of them is reset. Default: null, a quarter of the connection limit, at least 64.</summary>
    public int? MaxPending { get; set; }

    /// <summary>The longest frame received: the body in the length modes, the line with its end in line mode. Default: 1 MiB.</summary>
    public int MaxFrame { get; set; } = 1024 * 1024;

    /// <summary>Bytes, with the storage they keep, that may wait to be sent to one connection; a write above is answered by <see cref="SlowConsumer"/>. Default: 4 MiB.</summary>
    public int MaxPendingWriteBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>What becomes of a connection that does not read what it is sent. Default: it is reset.</summary>
    public Connections.SlowConsumerPolicy SlowConsumer { get; set; } = Connections.SlowConsumerPolicy.Reset;

    /// <summary>Bytes waiting to be sent above which a connection is not writable: it is not read either. Default: 64 KiB.</summary>
    public int WriteHighWaterMark { get; set; } = 64 * 1024;

    /// <summary>Bytes waiting to be sent below which it is writable again. Default: 32 KiB.</summary>
    public int WriteLowWaterMark { get; set; } = 32 * 1024;

    internal void Validate(OptionFaults faults)
    {
        faults.AtLeast("Limits:MaxConnections", MaxConnections, 1);
        faults.AtLeast("Limits:MaxPending", MaxPending, 1);
        faults.Within("Limits:MaxFrame", MaxFrame, 1, LongestFrame);
        faults.AtLeast("Limits:WriteLowWaterMark", WriteLowWaterMark, 1);
        faults.AtLeast("Limits:WriteHighWaterMark", WriteHighWaterMark, WriteLowWaterMark);
        faults.AtLeast("Limits:MaxPendingWriteBytes", MaxPendingWriteBytes, WriteHighWaterMark);
        faults.Defined("Limits:OverLimit", OverLimit);
        faults.Defined("Limits:SlowConsumer", SlowConsumer);
    }

    internal LimitOptions Copy() => (LimitOptions)MemberwiseClone();
}
