using System.Runtime.InteropServices;

namespace DotNetty.Transport.Epoll.Interop;

/// <summary>
/// The system calls of this transport, as the man pages give them. All blittable; <see cref="LastError"/> is read right after a call that
/// returned −1, with nothing in between. They are looked up as a C program's are: whatever its name, the C library that the process runs on,
/// after what was preloaded.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    static Libc() => NativeLibrary.SetDllImportResolver(typeof(Libc).Assembly, static (_, _, _) => NativeLibrary.GetMainProgramHandle());

    /// <summary>errno of the call just made on this thread.</summary>
    public static int LastError => Marshal.GetLastSystemError();

    [LibraryImport(Library, EntryPoint = "epoll_create1")]
    public static partial int EpollCreate(int flags);

    [LibraryImport(Library, EntryPoint = "epoll_ctl")]
    public static partial int EpollControl(int epoll, int operation, int descriptor, void* interest);

    [LibraryImport(Library, EntryPoint = "epoll_wait")]
    public static partial int EpollWait(int epoll, void* events, int most, int milliseconds);

    [LibraryImport(Library, EntryPoint = "eventfd")]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport(Library, EntryPoint = "timerfd_create")]
    public static partial int TimerDescriptor(int clock, int flags);

    [LibraryImport(Library, EntryPoint = "timerfd_settime")]
    public static partial int SetTimer(int descriptor, int flags, TimerSetting* setting, TimerSetting* former);

    [LibraryImport(Library, EntryPoint = "write")]
    public static partial nint Write(int descriptor, void* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "socket")]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "bind")]
    public static partial int Bind(int socket, void* address, uint length);

    [LibraryImport(Library, EntryPoint = "listen")]
    public static partial int Listen(int socket, int backlog);

    [LibraryImport(Library, EntryPoint = "connect")]
    public static partial int Connect(int socket, void* address, uint length);

    [LibraryImport(Library, EntryPoint = "accept4")]
    public static partial int Accept(int socket, void* address, uint* length, int flags);

    [LibraryImport(Library, EntryPoint = "recv")]
    public static partial nint Receive(int socket, void* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "send")]
    public static partial nint Send(int socket, void* buffer, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "sendmsg")]
    public static partial nint SendMessage(int socket, MessageHeader* message, int flags);

    [LibraryImport(Library, EntryPoint = "shutdown")]
    public static partial int Shutdown(int socket, int how);

    [LibraryImport(Library, EntryPoint = "getsockopt")]
    public static partial int GetOption(int socket, int level, int name, void* value, uint* length);

    [LibraryImport(Library, EntryPoint = "setsockopt")]
    public static partial int SetOption(int socket, int level, int name, void* value, uint length);

    [LibraryImport(Library, EntryPoint = "getsockname")]
    public static partial int LocalName(int socket, void* address, uint* length);

    [LibraryImport(Library, EntryPoint = "getpeername")]
    public static partial int PeerName(int socket, void* address, uint* length);
}
