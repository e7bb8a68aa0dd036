using System.Runtime.InteropServices;

namespace EsockdNetty.Interop;

/// <summary>What stands at a path. Known on Linux only.</summary>
internal static unsafe partial class FileKind
{
    private const int AtFdCwd = -100;
    private const int AtSymlinkNofollow = 0x100;
    private const uint StatxType = 1;
    private const int ModeOffset = 28;
    private const int StatxSize = 256;
    private const int TypeMask = 0xF000;
    private const int SocketType = 0xC000;

    /// <summary>True for a unix socket's file: connect(2) refuses other files with the same error, and those must not be removed.</summary>
    public static bool IsSocket(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        byte* status = stackalloc byte[StatxSize];
        try
        {
            // It fails where nothing stands (ENOENT, ENOTDIR) or nothing may be seen (EACCES): binding will tell which.
            return Statx(AtFdCwd, path, AtSymlinkNofollow, StatxType, status) == 0
                && (*(ushort*)(status + ModeOffset) & TypeMask) == SocketType;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than statx(2).
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte* status);
}
