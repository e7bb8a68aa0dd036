namespace DotNetty.Common.Utilities;

/// <summary>Shifts of bit patterns.</summary>
public static class BitOps
{
    /// <summary>Shifts right and fills with zeros whatever the sign.</summary>
    public static int RightUShift(this int value, int bits) => value >>> bits;

    /// <summary>Shifts right and fills with zeros whatever the sign.</summary>
    public static long RightUShift(this long value, int bits) => value >>> bits;
}
