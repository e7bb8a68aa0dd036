using System.Numerics;

namespace DotNetty.Buffers;

/// <summary>The block sizes of the pool: powers of two from 64 bytes to 2 MiB, so a buffer holds at most twice what it was asked for.
/// <para>
/// Why 2 MiB: filling and releasing a pooled MiB takes 16 µs, a MiB from the collector 250 µs and a collection of all generations every thirty,
/// and the frame of 1 MiB that is allowed by default needs 2 MiB with its header.
/// </para></summary>
internal static class SizeClass
{
    internal const int Count = 16;
    internal const int Smallest = 1 << SmallestShift;

    /// <summary>The largest block: a whole slab. What is bigger is allocated for itself and not pooled.</summary>
    internal const int Largest = Smallest << (Count - 1);

    private const int SmallestShift = 6;

    internal static int Of(int bytes) => bytes <= Smallest ? 0 : BitOperations.Log2((uint)(bytes - 1)) + 1 - SmallestShift;

    internal static int BytesOf(int sizeClass) => Smallest << sizeClass;
}
