using System.Net;
using System.Net.Sockets;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>Plays one stream of bytes to the server and leaves in one of several ways; the server must let it go.</summary>
internal static class FuzzPeer
{
    private const int MostPieces = 4;

    public static void Play(IPEndPoint server, byte[] bytes, Random chance)
    {
        using Socket socket = TlsPeer.Connected(server);
        try
        {
            SendInPieces(socket, bytes, chance);
            if (chance.Next(2) == 0)
                End(socket);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is not SocketError.TimedOut)
        {
            // Ended by the server, as it may.
        }

        socket.Close(0);
    }

    /// <summary>Says that nothing more comes, and reads until the server has said so.</summary>
    public static void End(Socket socket)
    {
        byte[] part = new byte[4 * 1024];
        socket.Shutdown(SocketShutdown.Send);
        while (socket.Receive(part) > 0)
        {
        }
    }

    private static void SendInPieces(Socket socket, byte[] bytes, Random chance)
    {
        int length = bytes.Length / chance.Next(1, MostPieces) + 1;
        for (int sent = 0; sent < bytes.Length; sent += length)
            Send(socket, bytes.AsSpan(sent, Math.Min(length, bytes.Length - sent)));
    }

    private static void Send(Socket socket, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[socket.Send(bytes)..];
    }
}
