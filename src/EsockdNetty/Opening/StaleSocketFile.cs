using System.Net;
using System.Net.Sockets;
using EsockdNetty.Interop;

namespace EsockdNetty.Opening;

/// <summary>A unix socket's file outlives a process that was killed.</summary>
internal static class StaleSocketFile
{
    /// <summary>Removes the file if it is a socket on which nobody listens.</summary>
    public static void Remove(EndPoint endPoint) => Remove(endPoint, NobodyListens);

    internal static void Remove(EndPoint endPoint, Func<UnixDomainSocketEndPoint, bool> nobodyListens)
    {
        if (endPoint is not UnixDomainSocketEndPoint unix || unix.ToString() is not { } path || !FileKind.IsSocket(path))
        {
            return;
        }

        // Another server that starts at the same moment may have put its own in the place of what we found dead.
        DateTime born = File.GetCreationTimeUtc(path);
        if (nobodyListens(unix) && FileKind.IsSocket(path) && File.GetCreationTimeUtc(path) == born)
        {
            File.Delete(path);
        }
    }

    private static bool NobodyListens(UnixDomainSocketEndPoint endPoint)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            probe.Connect(endPoint);
            return false;
        }
        catch (SocketException fault)
        {
            // A listener whose backlog is full would block instead; of what is not ours to judge binding will say so.
            return fault.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }
}
