namespace EsockdNetty.Codecs;

/// <summary>What a look at the input has shown. Positions count from the beginning of that input.</summary>
public readonly record struct PacketResult
{
    /// <summary>Which of the other members mean something.</summary>
    public PacketStatus Status { get; private init; }

    /// <summary>Of a packet: where it begins.</summary>
    public int Offset { get; private init; }

    /// <summary>Of a packet: its length in bytes, which can be 0.</summary>
    public int Length { get; private init; }

    /// <summary>Of a packet: bytes that belong to it, header included; the next one begins behind them.</summary>
    public int Consumed { get; private init; }

    /// <summary>When more is needed: the least input, in bytes from its beginning, that holds the packet; 0 while that is not known.</summary>
    public int Needed { get; private init; }

    /// <summary>Of a violation: its kind.</summary>
    public PacketFault Fault { get; private init; }

    /// <summary>Of a violation: the length that passed the limit.</summary>
    public long Announced { get; private init; }

    internal static PacketResult NeedMore(int needed = 0) => new() { Needed = needed };

    internal static PacketResult Packet(int offset, int length) =>
        new() { Status = PacketStatus.Packet, Offset = offset, Length = length, Consumed = offset + length };

    internal static PacketResult Violation(PacketFault fault, long announced) =>
        new() { Status = PacketStatus.Violation, Fault = fault, Announced = announced };
}
