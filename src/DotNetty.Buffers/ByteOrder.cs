namespace DotNetty.Buffers;

/// <summary>Which end of a number comes first.</summary>
public enum ByteOrder
{
    /// <summary>The least significant byte first.</summary>
    LittleEndian = 0,

    /// <summary>The most significant byte first, as networks have it.</summary>
    BigEndian = 1,
}
