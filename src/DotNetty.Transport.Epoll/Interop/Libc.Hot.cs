using System.Runtime.InteropServices;

namespace DotNetty.Transport.Epoll.Interop;

/// <summary>
/// The three calls of every message. The C library's own are points at which its threads can be cancelled: in a process of several threads each
/// brackets the system's work with two interlocked operations, which nobody here needs. By number they do without.
/// </summary>
internal static unsafe partial class Libc
{
    private static readonly bool IsX64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    private static readonly bool IsArm64 = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    public static int EpollWait(int epoll, void* events, int most, int milliseconds) =>
        IsX64 ? (int)SystemCall(232, epoll, (nint)events, most, milliseconds, 0, 0)
        : IsArm64 ? (int)SystemCall(22, epoll, (nint)events, most, milliseconds, 0, 0)
        : EpollWaitByName(epoll, events, most, milliseconds);

    public static nint Receive(int socket, void* buffer, nuint length, int flags) =>
        IsX64 ? SystemCall(45, socket, (nint)buffer, (nint)length, flags, 0, 0)
        : IsArm64 ? SystemCall(207, socket, (nint)buffer, (nint)length, flags, 0, 0)
        : ReceiveByName(socket, buffer, length, flags);

    public static nint Send(int socket, void* buffer, nuint length, int flags) =>
        IsX64 ? SystemCall(44, socket, (nint)buffer, (nint)length, flags, 0, 0)
        : IsArm64 ? SystemCall(206, socket, (nint)buffer, (nint)length, flags, 0, 0)
        : SendByName(socket, buffer, length, flags);

    [LibraryImport(Library, EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth, nint fifth, nint sixth);

    [LibraryImport(Library, EntryPoint = "epoll_wait")]
    private static partial int EpollWaitByName(int epoll, void* events, int most, int milliseconds);

    [LibraryImport(Library, EntryPoint = "recv")]
    private static partial nint ReceiveByName(int socket, void* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "send")]
    private static partial nint SendByName(int socket, void* buffer, nuint length, int flags);
}
