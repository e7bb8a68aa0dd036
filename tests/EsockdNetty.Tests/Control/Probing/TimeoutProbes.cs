using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control.Probing;

/// <summary>How long a listener waits: short times here, of which only the end is seen, and that it would not come by the old ones.</summary>
internal static class TimeoutProbes
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);

    public static IReadOnlyList<Probe> All { get; } =
    [
        new("Timeouts:Idle", static options => options.Timeouts.Idle = Short)
        {
            Shows = static async listener =>
            {
                using Newcomer silent = await listener.Enter();
                await silent.IsEnded();
                listener.HasClosed(CloseReason.Idle);
            },
        },
        new("Timeouts:Frame", static options => options.Timeouts.Frame = Short)
        {
            Opened = static options => options.Packet = PacketType.Two,
            Ping = [0, 1, 42],
            Shows = static async listener =>
            {
                using Newcomer half = await listener.Enter();
                await half.Peer.Send(0, 2, 1);
                await half.IsEnded();
                listener.HasClosed(CloseReason.FrameTimeout);
            },
        },
        new("Timeouts:Handshake", static options => options.Timeouts.Handshake = Short)
        {
            Opened = OneListener.Tls,
            Shows = static async listener =>
            {
                using Peer silent = await Peer.Connect(listener.Listener);
                await silent.EndsInOrder();
                listener.HasClosed(CloseReason.HandshakeTimeout);
            },
        },
        new("Timeouts:Send", static options => options.Timeouts.Send = Short)
        {
            Opened = static options => options.Socket.SendBufferSize = 16 * 1024,
            Shows = static async listener =>
            {
                using Newcomer deaf = await listener.Enter(receiveBuffer: 4096);
                await deaf.Write(1, 1024 * 1024);
                deaf.Channel.Flush();
                listener.HasClosed(CloseReason.SendTimeout);
            },
        },
    ];
}
