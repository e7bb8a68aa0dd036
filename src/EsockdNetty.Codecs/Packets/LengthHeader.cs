using System.Buffers.Binary;

namespace EsockdNetty.Codecs;

/// <summary>The unsigned length before a body.</summary>
internal static class LengthHeader
{
    /// <summary>Bytes of the longest header.</summary>
    public const int Longest = sizeof(uint);

    public static uint Read(PacketType type, ReadOnlySpan<byte> header) => type.HeaderLength switch
    {
        1 => header[0],
        2 => type.IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(header) : BinaryPrimitives.ReadUInt16BigEndian(header),
        _ => type.IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(header) : BinaryPrimitives.ReadUInt32BigEndian(header),
    };

    public static void Write(PacketType type, Span<byte> header, int bodyLength)
    {
        switch (type.HeaderLength, type.IsLittleEndian)
        {
            case (1, _): header[0] = (byte)bodyLength; break;
            case (2, false): BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)bodyLength); break;
            case (2, true): BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)bodyLength); break;
            case (4, false): BinaryPrimitives.WriteInt32BigEndian(header, bodyLength); break;
            case (4, true): BinaryPrimitives.WriteInt32LittleEndian(header, bodyLength); break;
        }
    }
}
