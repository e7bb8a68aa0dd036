using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace EsockdNetty.Statistics;

/// <summary>Connections that the system holds for a listener and that were not accepted yet, as the system tells. Linux only.</summary>
/// <param name="Depth">Those that wait now.</param>
/// <param name="Limit">How many may wait, after the system's own cut.</param>
internal readonly record struct Backlog(int Depth, int Limit)
{
    // IPPROTO_TCP, TCP_INFO and the state of a listening socket (linux/tcp.h, net/tcp_states.h).
    private const int TcpLevel = 6;
    private const int TcpInfoName = 11;
    private const byte Listening = 10;

    // Of a listening socket tcpi_unacked is what waits, and tcpi_sacked what may.
    private const int UnackedAt = 24;
    private const int SackedAt = 28;
    private const int Length = 32;

    private static readonly ChannelOption<byte[]> TcpInfo = RawSocketOption.Bytes(TcpLevel, TcpInfoName, Length);

    /// <summary>All of a listener's sockets together; null where the system does not tell of any: elsewhere than Linux, on a unix socket, suspended.</summary>
    public static Backlog? Of(params IEnumerable<IChannel> sockets)
    {
        Backlog? all = null;
        foreach (IChannel socket in sockets)
        {
            if (Read(socket) is { } one)
            {
                all = all is { } sum ? new Backlog(sum.Depth + one.Depth, sum.Limit + one.Limit) : one;
            }
        }

        return all;
    }

    private static Backlog? Read(IChannel socket)
    {
        if (!OperatingSystem.IsLinux() || !socket.Active || socket.LocalAddress is not IPEndPoint)
        {
            return null;
        }

        try
        {
            return Parse(socket.Configuration.GetOption(TcpInfo));
        }
        catch (Exception fault) when (fault is SocketException or NotSupportedException or ObjectDisposedException)
        {
            // Closed meanwhile, or a system that does not know the option.
            return null;
        }
    }

    // A socket that was closed and another with its number: what does not listen tells of something else.
    private static Backlog? Parse(byte[]? info) =>
        info is { Length: >= Length } && info[0] == Listening ? new Backlog(Number(info, UnackedAt), Number(info, SackedAt)) : null;

    private static int Number(byte[] info, int at) => (int)Math.Min(int.MaxValue, BitConverter.ToUInt32(info, at));
}
