using System.Runtime.InteropServices;

namespace DotNetty.Buffers;

/// <summary>Hands the pages behind a pinned array back to the operating system while the array lives on.</summary>
internal static partial class PageMemory
{
    private const int DontNeed = 4;

    private static readonly int PageSize = Environment.SystemPageSize;

    /// <summary>False where the pages of a living array cannot be given back: there only the collector can free it.</summary>
    internal static bool CanDecommit { get; } = OperatingSystem.IsLinux();

    /// <summary>Drops the whole pages within a region of a pinned array; they cost nothing until they are written again, and read as zeros.</summary>
    internal static unsafe void Decommit(byte[] pinned, int offset, int length)
    {
        if (!CanDecommit || length < PageSize)
            return;

        fixed (byte* start = &pinned[offset])
        {
            var first = ((nint)start + PageSize - 1) & -PageSize;
            var end = ((nint)start + length) & -PageSize;

            // A failure (locked or huge pages) leaves the pages as they are, which is no worse than not having asked.
            if (end > first)
                _ = Advise(first, (nuint)(end - first), DontNeed);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
