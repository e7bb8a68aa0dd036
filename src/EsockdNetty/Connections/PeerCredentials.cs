using System.Net.Sockets;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace EsockdNetty.Connections;

/// <summary>Who is at the other end of a unix socket, as the system knew it when they connected (SO_PEERCRED, unix(7)).</summary>
/// <param name="ProcessId">The process that connected; it may have ended since, or have handed the socket on. 0 where it is not seen from here.</param>
/// <param name="UserId">Its effective user.</param>
/// <param name="GroupId">Its effective group.</param>
public sealed record PeerCredentials(int ProcessId, uint UserId, uint GroupId)
{
    private const int Length = 12;

    private static readonly ChannelOption<byte[]> Option = RawSocketOption.Bytes(1, 17, Length);

    private static readonly AttributeKey<PeerCredentials> Kept = AttributeKey<PeerCredentials>.ValueOf(typeof(PeerCredentials), nameof(Kept));

    /// <summary>Asks the system about a connection that was just accepted, and keeps the answer with it: after its close nobody could ask.</summary>
    internal static void Keep(IChannel channel)
    {
        if (Of(channel) is { } credentials)
        {
            channel.GetAttribute(Kept).Set(credentials);
        }
    }

    /// <summary>Who is at the other end of a unix socket; null elsewhere.</summary>
    internal static PeerCredentials? KeptBy(IChannel channel) => channel.HasAttribute(Kept) ? channel.GetAttribute(Kept).Get() : null;

    private static PeerCredentials? Of(IChannel channel)
    {
        if (!OperatingSystem.IsLinux() || channel.Parent?.LocalAddress is not UnixDomainSocketEndPoint)
        {
            return null;
        }

        try
        {
            return channel.Configuration.GetOption(Option) is { Length: Length } bytes ? Read(bytes) : null;
        }
        catch (Exception fault) when (fault is SocketException or NotSupportedException or ObjectDisposedException)
        {
            // Closed already.
            return null;
        }
    }

    private static PeerCredentials Read(byte[] ucred) =>
        new(BitConverter.ToInt32(ucred), BitConverter.ToUInt32(ucred, 4), BitConverter.ToUInt32(ucred, 8));
}
