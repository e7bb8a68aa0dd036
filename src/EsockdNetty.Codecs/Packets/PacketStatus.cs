namespace EsockdNetty.Codecs;

/// <summary>What a look at the input has shown.</summary>
public enum PacketStatus
{
    /// <summary>The input ends before the packet does.</summary>
    NeedMore,

    /// <summary>A whole packet is there.</summary>
    Packet,

    /// <summary>The input is not acceptable: no packet will ever be read from it.</summary>
    Violation,
}
