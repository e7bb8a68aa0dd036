#nullable disable
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// Socket options, with the one difference that matters: .NET's ReuseAddress means SO_REUSEADDR and SO_REUSEPORT on Linux, which lets two
/// servers share a port unseen. Here each name means itself.
/// </summary>
internal static class SocketOptions
{
    private const int SolSocket = 1;
    private const int SoReuseAddr = 2;
    private const int SoReusePort = 15;

    public static bool GetReuseAddress(Socket socket) => Get(socket, SoReuseAddr);

    public static void SetReuseAddress(Socket socket, bool value) => Set(socket, SoReuseAddr, value);

    public static bool GetReusePort(Socket socket) => Get(socket, SoReusePort);

    public static void SetReusePort(Socket socket, bool value) => Set(socket, SoReusePort, value);

    private static bool Get(Socket socket, int option)
    {
        if (!OperatingSystem.IsLinux())
        {
            return (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress) != 0;
        }

        Span<byte> value = stackalloc byte[sizeof(int)];
        socket.GetRawSocketOption(SolSocket, option, value);
        return BitConverter.ToInt32(value) != 0;
    }

    private static void Set(Socket socket, int option, bool value)
    {
        if (OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption(SolSocket, option, BitConverter.GetBytes(value ? 1 : 0));
        }
        else
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, value);
        }
    }
}
