using EsockdNetty.Accepting;
using EsockdNetty.Codecs;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control.Probing;

/// <summary>Who comes in, who is told, and how packets lie in the stream.</summary>
internal static class DoorProbes
{
    public static IReadOnlyList<Probe> All { get; } =
    [
        new("Packet", static options => options.Packet = PacketType.Two)
        {
            Shows = static async listener => (await listener.Join(ping: [0, 2, 4, 2])).Dispose(),
        },
        new("Access", static options => options.Access.Add("deny 127.0.0.0/8"))
        {
            Shows = static listener => listener.Refuses(RefusalReason.AccessDenied),
        },
        new("Refusal", static options => options.Refusal = Refusal.Bytes("full"u8))
        {
            Opened = static options => options.Limits.MaxConnections = 1,
            Shows = static async listener =>
            {
                using Peer refused = await Peer.Connect(listener.Listener);
                Assert.Equal("full"u8.ToArray(), await refused.ReceiveToEnd());
            },
        },
        new("Alarm:Connections", static options => options.Alarm.Connections = 1)
        {
            Shows = static async listener =>
            {
                using Newcomer second = await listener.Join();
                Eventually.Equal("Raised", () => string.Join(", ", listener.Alarms));
            },
        },
        new("Alarm:Cooldown", static options => options.Alarm.Cooldown = TimeSpan.FromMilliseconds(20))
        {
            Opened = static options => options.Alarm.Connections = 1,
            Shows = static async listener =>
            {
                using Newcomer second = await listener.Join();
                Eventually.Equal("Raised, StillRaised", () => string.Join(", ", listener.Alarms.Take(2)));
            },
        },
    ];

}
