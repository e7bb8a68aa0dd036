using System.Net.Sockets;
using System.Security.Authentication;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control;

/// <summary>A client that connects and echoes until it is killed or has had enough, and comes again.</summary>
internal static class Victim
{
    private const int MostEchoes = 30;

    public static async Task ComeAgainAndAgain(Listener listener, Random chance, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                using Peer peer = listener.Address.IsTls ? await Peer.ConnectTls(listener) : await Peer.Connect(listener);
                await Echo(peer, chance);
            }
            catch (Exception fault) when (fault is IOException or SocketException or AuthenticationException)
            {
                // Killed.
            }
        }
    }

    // It leaves by FIN, by RST, or by RST with half a packet sent and an answer unread.
    private static async Task Echo(Peer peer, Random chance)
    {
        byte[] packet = [0, 3, 1, 2, 3];
        for (int echoes = chance.Next(MostEchoes); echoes > 0; echoes--)
        {
            await peer.Send(packet);
            Assert.Equal(packet, await peer.Receive(packet.Length));
        }

        int way = chance.Next(3);
        if (way == 2)
        {
            await peer.Send([.. packet, 0, 3, 1]);
        }

        if (way > 0)
        {
            peer.Reset();
        }
    }
}
