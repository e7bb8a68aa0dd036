using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace DotNetty.Transport.Interop;

/// <summary>What a number of the process stands for. Linux only, with its numbers for x64 and arm64.</summary>
internal static partial class DescriptorNumbers
{
    private const int CloseOnExec = 0x80000;

    /// <summary>The number of one socket stands for the other socket from now on, which has two numbers then; what it was is closed, and no child inherits it.</summary>
    /// <exception cref="SocketException">The other is closed.</exception>
    public static void Replace(SafeSocketHandle number, SafeSocketHandle other)
    {
        if (Duplicate((int)other.DangerousGetHandle(), (int)number.DangerousGetHandle(), CloseOnExec) < 0)
        {
            // Both numbers are there and differ: EBADF is all that is left.
            throw new SocketException((int)SocketError.NotSocket);
        }
    }

    [LibraryImport("libc", EntryPoint = "dup3")]
    private static partial int Duplicate(int descriptor, int number, int flags);
}
