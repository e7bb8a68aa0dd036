using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EsockdNetty.Tests.Support;

/// <summary>Makes sockets as whoever starts a process does: a number, and nothing of .NET that would close it.</summary>
internal static partial class HandedInSocket
{
    private const int Duplicate = 1030;
    private const int SetDescriptorFlags = 2;

    public static int Listening(EndPoint endPoint)
    {
        using Socket socket = New(endPoint);
        socket.Bind(endPoint is UnixDomainSocketEndPoint unix ? new Foreign(unix) : endPoint);
        socket.Listen(16);
        return NumberOf(socket);
    }

    public static int ListeningTcp() => Listening(new IPEndPoint(IPAddress.Loopback, 0));

    public static int NumberOf(Socket socket) => Control((int)socket.SafeHandle.DangerousGetHandle(), Duplicate, 0);

    public static Socket New(EndPoint endPoint) =>
        new(endPoint.AddressFamily, SocketType.Stream, endPoint is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);

    /// <summary>Programs that are started from now on get it, as they get what is handed in.</summary>
    public static void PassOn(int number) => Assert.Equal(0, Control(number, SetDescriptorFlags, 0));

    public static void Close(int number) => Assert.Equal(0, CloseNumber(number));

    /// <summary>The number is that of the other socket from now on (dup2); what it was is closed.</summary>
    public static void Replace(int number, int other) => Assert.Equal(number, DuplicateTo(other, number));

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int DuplicateTo(int descriptor, int number);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseNumber(int descriptor);

    // .NET removes the file of a unix socket that it disposes, unless it does not know it for one.
    private sealed class Foreign(UnixDomainSocketEndPoint endPoint) : EndPoint
    {
        public override AddressFamily AddressFamily => AddressFamily.Unix;

        public override SocketAddress Serialize() => endPoint.Serialize();
    }
}
