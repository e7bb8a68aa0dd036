using System.Net.Sockets;
using DotNetty.Transport.Interop;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// A unix socket that somebody else bound, in the hands of a <see cref="Socket"/> that accepts clients with names of any length: how much room it
/// gives them is settled when a <see cref="Socket"/> is bound, and cannot be changed after (<see cref="SocketFileEndPoint"/>). So one of our own
/// is bound, and its number then made to stand for theirs.
/// </summary>
internal static class AdoptedSocketFile
{
    /// <summary>The socket to accept by: another of the same listening socket, or the one that was given where nothing is wrong with it.</summary>
    public static Socket Of(Socket given) =>
        OperatingSystem.IsLinux() && given is { AddressFamily: AddressFamily.Unix, IsBound: true } ? Adopt(given) : given;

    private static Socket Adopt(Socket given)
    {
        var socket = new Socket(AddressFamily.Unix, given.SocketType, given.ProtocolType);
        try
        {
            SocketFileEndPoint.BindAnywhere(socket);

            // So that it knows that it listens; that it listened to this is over with the next line.
            socket.Listen(1);
            DescriptorNumbers.Replace(socket.SafeHandle, given.SafeHandle);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
