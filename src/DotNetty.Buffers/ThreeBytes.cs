namespace DotNetty.Buffers;

/// <summary>The 24-bit numbers that BinaryPrimitives does not have.</summary>
internal static class ThreeBytes
{
    internal static int ReadBigEndian(ReadOnlySpan<byte> bytes) => bytes[0] << 16 | bytes[1] << 8 | bytes[2];

    internal static int ReadLittleEndian(ReadOnlySpan<byte> bytes) => bytes[2] << 16 | bytes[1] << 8 | bytes[0];

    internal static void WriteBigEndian(Span<byte> bytes, int value)
    {
        bytes[2] = (byte)value;
        bytes[1] = (byte)(value >> 8);
        bytes[0] = (byte)(value >> 16);
    }

    internal static void WriteLittleEndian(Span<byte> bytes, int value)
    {
        bytes[2] = (byte)(value >> 16);
        bytes[1] = (byte)(value >> 8);
        bytes[0] = (byte)value;
    }
}
