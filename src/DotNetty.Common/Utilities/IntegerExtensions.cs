using System.Numerics;

namespace DotNetty.Common.Utilities;

/// <summary>Powers of two.</summary>
public static class IntegerExtensions
{
    public const int SizeInBits = 32;

    private const int LargestPowerOfTwo = 1 << 30;

    /// <summary>The least power of two that is not below <paramref name="res"/>, at least 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Above 2^30: no such int.</exception>
    public static int RoundUpToPowerOfTwo(int res)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(res, LargestPowerOfTwo);
        return res <= 2 ? 2 : (int)BitOperations.RoundUpToPowerOf2((uint)res);
    }

    /// <summary>The index of the highest set bit of <paramref name="v"/>, which is taken as unsigned; 0 for 0.</summary>
    public static int Log2(int v) => BitOperations.Log2((uint)v);
}
