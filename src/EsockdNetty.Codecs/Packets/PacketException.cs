namespace EsockdNetty.Codecs;

/// <summary>A packet that cannot be received or sent. A received one ends its stream, since nobody knows where the next begins; a refused send leaves its stream as it was.</summary>
public sealed class PacketException : Exception
{
    private PacketException(PacketFault kind, PacketType type, long limit, long length, string message)
        : base(message)
    {
        Kind = kind;
        PacketType = type;
        Limit = limit;
        Length = length;
    }

    /// <summary>What is wrong.</summary>
    public PacketFault Kind { get; }

    /// <summary>The packet type in force.</summary>
    public PacketType PacketType { get; }

    /// <summary>The limit that was passed: bytes, or milliseconds for <see cref="PacketFault.FrameTimeout"/>.</summary>
    public long Limit { get; }

    /// <summary>The length in bytes that was announced, received or to be sent.</summary>
    public long Length { get; }

    internal static PacketException FrameTooLong(PacketType type, int maxFrame, long announced) =>
        new(PacketFault.FrameTooLong, type, maxFrame, announced,
            $"Packet type {type}: the peer announced a body of {announced} bytes, MaxFrame is {maxFrame}. " +
            "Raise MaxFrame if such packets are expected, otherwise check that both ends use the same packet type.");

    internal static PacketException LineTooLong(PacketType type, int maxFrame, long received) =>
        new(PacketFault.FrameTooLong, type, maxFrame, received,
            $"Packet type {type}: no delimiter 0x{type.Delimiter:x2} in the first {maxFrame} bytes, which is MaxFrame. " +
            "Raise MaxFrame if such lines are expected, otherwise check that both ends use the same delimiter.");

    internal static PacketException FrameTimeout(PacketType type, TimeSpan allowed, int received) =>
        new(PacketFault.FrameTimeout, type, (long)allowed.TotalMilliseconds, received,
            $"Packet type {type}: a packet was begun and is still incomplete after {allowed.TotalSeconds:0.###} s and {received} bytes. " +
            "Raise FrameTimeout if peers may be that slow, otherwise check that both ends use the same packet type.");

    internal static PacketException BodyTooLong(PacketType type, int maxFrame, long length) =>
        length > type.MaxBody
            ? new(PacketFault.BodyTooLong, type, type.MaxBody, length,
                $"Packet type {type}: a body of {length} bytes cannot be sent, its header holds lengths up to {type.MaxBody}. " +
                "Send less at once or use a packet type with a longer header.")
            : new(PacketFault.BodyTooLong, type, maxFrame, length,
                $"Packet type {type}: a body of {length} bytes is not sent, MaxFrame is {maxFrame}. Send less at once or raise MaxFrame.");
}
