using System.Runtime.InteropServices;

namespace EsockdNetty.Interop;

/// <summary>Calls on descriptors that were handed in. Linux only, with its numbers for x64 and arm64.</summary>
internal static partial class Descriptors
{
    public const int BadDescriptor = 9;

    private const int SetDescriptorFlags = 2;
    private const int GetStatusFlags = 3;
    private const int SetStatusFlags = 4;
    private const int DuplicateCloseOnExec = 1030;
    private const int CloseOnExec = 1;
    private const int NonBlocking = 0x800;

    /// <summary>errno of the call just made on this thread.</summary>
    public static int LastError => Marshal.GetLastPInvokeError();

    /// <returns>The option, zero beyond what the system gave; null with <see cref="LastError"/> when there is none.</returns>
    public static ulong? GetOption(int descriptor, int level, int name)
    {
        uint length = sizeof(ulong);
        ulong value = 0;
        return GetSocketOption(descriptor, level, name, ref value, ref length) == 0 ? value : null;
    }

    /// <summary>No program that is started from now on gets it.</summary>
    public static void KeepFromChildren(int descriptor) => _ = Control(descriptor, SetDescriptorFlags, CloseOnExec);

    /// <summary>No call waits. It is a property of the socket: whoever shares it sees it too.</summary>
    public static bool StopBlocking(int descriptor) =>
        Control(descriptor, GetStatusFlags, 0) is var flags and >= 0 && Control(descriptor, SetStatusFlags, flags | NonBlocking) == 0;

    /// <summary>Another number of the same socket, which no child inherits; −1 with <see cref="LastError"/>.</summary>
    public static int Duplicate(int descriptor) => Control(descriptor, DuplicateCloseOnExec, 0);

    public static void Close(int descriptor) => _ = CloseDescriptor(descriptor);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetSocketOption(int socket, int level, int name, ref ulong value, ref uint length);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseDescriptor(int descriptor);
}
