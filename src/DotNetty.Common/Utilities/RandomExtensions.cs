#nullable disable
using System.Runtime.InteropServices;

namespace DotNetty.Common.Utilities;

/// <summary>Random numbers of 64 bits.</summary>
public static class RandomExtensions
{
    /// <summary>Any <see cref="long"/>, negative ones included.</summary>
    public static long NextLong(this Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        long value = 0;
        random.NextBytes(MemoryMarshal.AsBytes(new Span<long>(ref value)));
        return value;
    }
}
