using System.Runtime.InteropServices;

namespace DotNetty.Buffers;

/// <summary>
/// Where slabs come from and go to, for all pools of the process.
/// <para>
/// Decided by experiment (640 MiB of pinned arrays filled, then dropped; .NET 10, Linux, resident MiB before → after):
/// dropped to the collector, after forced full collections: 644 → 614, and 557 with every tenth slab still used; only an aggressive, blocking collection
/// brought it to 24. Slabs of 256 KiB, 1 MiB and 4 MiB alike, and ordinary large arrays too. Native memory: 1 MiB blocks 645 → 3, but 256 KiB and 64 KiB
/// blocks stay with malloc (642 → 642), and it has no arrays. Pages of the pinned arrays dropped by madvise: 644 → 6, 70 with every tenth still used,
/// at once, for 0.08 ms a MiB, without a collection.
/// </para>
/// So a slab that is not needed loses its pages first. Some stay here as mere addresses to be used again, since a new slab
/// draws on the collector's budget; the rest goes to the collector, which has nothing left to give back but addresses.
/// All slabs have one size, so the gap one leaves in the pinned heap fits the next.
/// </summary>
internal static class SlabStore
{
    /// <summary>Slabs kept without pages: 16 MiB of addresses.</summary>
    internal const int MaxCold = 8;

    // Blocks of a page and more are page-aligned, so that the pages of a free run are its own.
    private const int Alignment = 4096;

    private static readonly Stack<Slab> Cold = new(MaxCold);

    private static long _reserved;

    /// <summary>Bytes of slabs that pools have, used or not.</summary>
    internal static long Reserved => Interlocked.Read(ref _reserved);

    internal static Slab Take()
    {
        Interlocked.Add(ref _reserved, Slab.Size);
        lock (Cold)
        {
            if (Cold.TryPop(out var slab))
                return slab;
        }

        var memory = GC.AllocateUninitializedArray<byte>(Slab.Size + Alignment, pinned: true);
        return new Slab(memory, AlignedStart(memory));
    }

    /// <summary>Takes a slab back of which nothing is used.</summary>
    internal static void Put(Slab slab)
    {
        Interlocked.Add(ref _reserved, -Slab.Size);
        if (!PageMemory.CanDecommit)
            return;

        slab.DecommitFree(int.MaxValue);
        lock (Cold)
        {
            if (Cold.Count < MaxCold)
                Cold.Push(slab);
        }
    }

    private static int AlignedStart(byte[] pinned)
    {
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        return (int)(-address & (Alignment - 1));
    }
}
