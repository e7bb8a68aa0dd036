namespace DotNetty.Common.Utilities;

/// <summary>Integers of 24 bits.</summary>
public static class MediumUtil
{
    private const int Mask = 0xFFFFFF;
    private const int UnusedBits = 8;

    /// <summary>The low 24 bits as a signed number.</summary>
    public static int ToMediumInt(this int value) => value << UnusedBits >> UnusedBits;

    /// <summary>The low 24 bits as an unsigned number.</summary>
    public static int ToUnsignedMediumInt(this int value) => value & Mask;
}
