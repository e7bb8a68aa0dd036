using System.Runtime.InteropServices;

namespace EsockdNetty.Interop;

/// <summary>How many descriptors the process may have, and has. Known on 64-bit Linux; elsewhere there is no limit.</summary>
internal static partial class DescriptorLimits
{
    private const int RlimitNofile = 7;
    private const int LeastReserve = 32;

    /// <summary>Descriptors that were open when somebody first asked, which is to be at the start; 0 where it cannot be known.</summary>
    public static int OpenAtStart { get; } = CountOpen();

    /// <summary>
    /// The soft limit as of now; null when there is none. Another process may change it at any time (prlimit), and a system call, unlike a look
    /// into /proc, needs no descriptor.
    /// </summary>
    public static long? ReadSoftLimit() => Read() is { Soft: <= long.MaxValue } limit ? (long)limit.Soft : null;

    /// <summary>What the soft limit may be raised to without a privilege; null when there is no limit. The runtime has done so at its start.</summary>
    public static long? ReadHardLimit() => Read() is { Hard: <= long.MaxValue } limit ? (long)limit.Hard : null;

    /// <summary>Descriptors kept free for the runtime: 32 and 1 % of the limit.</summary>
    public static long ReserveOf(long limit) => LeastReserve + (limit / 100);

    // It fails for no reason that could occur here (EFAULT, EINVAL).
    private static Rlimit? Read() =>
        OperatingSystem.IsLinux() && Environment.Is64BitProcess && GetRlimit(RlimitNofile, out Rlimit limit) == 0 ? limit : null;

    private static int CountOpen()
    {
        try
        {
            // The look itself has one open.
            return OperatingSystem.IsLinux() ? Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() - 1 : 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetRlimit(int resource, out Rlimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Rlimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
