using EsockdNetty.Accepting;

namespace EsockdNetty;

/// <summary>How much one listener takes on.</summary>
public sealed class LimitOptions
{
    // Header and body together must be countable in an int.
    private const int LongestFrame = int.MaxValue - 4;

    private Setting<int?> _maxConnections;
    private Setting<OverLimit> _overLimit = new(OverLimit.Refuse);
    private Setting<int?> _maxPending;
    private Setting<int> _maxFrame = new(1024 * 1024);
    private Setting<int> _maxPendingWriteBytes = new(4 * 1024 * 1024);
    private Setting<Connections.SlowConsumerPolicy> _slowConsumer = new(Connections.SlowConsumerPolicy.Reset);
    private Setting<int> _writeHighWaterMark = new(64 * 1024);
    private Setting<PerAddressOptions> _perAddress = new(new PerAddressOptions());
    private Setting<int> _writeLowWaterMark = new(32 * 1024);

    /// <summary>Live connections above which new ones are refused or wait. Default: null, the server's own limit alone.</summary>
    public int? MaxConnections { get => _maxConnections.Value; set => _maxConnections.Value = value; }

    /// <summary>What becomes of a connection over the limit. Default: it is refused.</summary>
    public OverLimit OverLimit { get => _overLimit.Value; set => _overLimit.Value = value; }

    /// <summary>Connections accepted but not admitted yet (handshake not done) above which the oldest of them is reset. Default: null, a quarter of the connection limit, at least 64.</summary>
    public int? MaxPending { get => _maxPending.Value; set => _maxPending.Value = value; }

    /// <summary>The longest frame received: the body in the length modes, the line with its end in line mode. Default: 1 MiB.</summary>
    public int MaxFrame { get => _maxFrame.Value; set => _maxFrame.Value = value; }

    /// <summary>Bytes, with the storage they keep, that may wait to be sent to one connection; a write above is answered by <see cref="SlowConsumer"/>. Default: 4 MiB.</summary>
    public int MaxPendingWriteBytes { get => _maxPendingWriteBytes.Value; set => _maxPendingWriteBytes.Value = value; }

    /// <summary>What becomes of a connection that does not read what it is sent. Default: it is reset.</summary>
    public Connections.SlowConsumerPolicy SlowConsumer { get => _slowConsumer.Value; set => _slowConsumer.Value = value; }

    /// <summary>Bytes waiting to be sent above which a connection is not writable: it is not read either. Default: 64 KiB.</summary>
    public int WriteHighWaterMark { get => _writeHighWaterMark.Value; set => _writeHighWaterMark.Value = value; }

    /// <summary>Bytes waiting to be sent below which it is writable again. Default: 32 KiB.</summary>
    public int WriteLowWaterMark { get => _writeLowWaterMark.Value; set => _writeLowWaterMark.Value = value; }

    /// <summary>What one client address may have, e.g. <c>new(200)</c> live connections. Default: no limit. Its IPv6 prefix cannot be changed while the listener is open.</summary>
    public PerAddressOptions PerAddress { get => _perAddress.Value; set => _perAddress.Value = value; }

    internal void Validate(OptionFaults faults)
    {
        faults.AtLeast("Limits:MaxConnections", MaxConnections, 1);
        faults.AtLeast("Limits:MaxPending", MaxPending, 1);
        faults.Within("Limits:MaxFrame", MaxFrame, 1, LongestFrame);
        faults.AtLeast("Limits:WriteLowWaterMark", WriteLowWaterMark, 1);
        faults.AtLeast("Limits:WriteHighWaterMark", WriteHighWaterMark, WriteLowWaterMark);
        faults.AtLeast("Limits:MaxPendingWriteBytes", MaxPendingWriteBytes, WriteHighWaterMark);
        if (PerAddress is null)
        {
            faults.Add("Limits:PerAddress", null, "use new PerAddressOptions() for no limit");
        }

        PerAddress?.Validate(faults);
        faults.Defined("Limits:OverLimit", OverLimit);
        faults.Defined("Limits:SlowConsumer", SlowConsumer);
    }

    internal void Inherit(LimitOptions general)
    {
        _maxConnections.Inherit(general._maxConnections);
        _overLimit.Inherit(general._overLimit);
        _maxPending.Inherit(general._maxPending);
        _maxFrame.Inherit(general._maxFrame);
        _maxPendingWriteBytes.Inherit(general._maxPendingWriteBytes);
        _slowConsumer.Inherit(general._slowConsumer);
        _writeHighWaterMark.Inherit(general._writeHighWaterMark);
        _perAddress.Inherit(general._perAddress);
        _writeLowWaterMark.Inherit(general._writeLowWaterMark);
    }

    internal LimitOptions Copy() => (LimitOptions)MemberwiseClone();
}
