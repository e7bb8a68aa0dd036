using EsockdNetty.Codecs;
using EsockdNetty.Connections.Traffic;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control.Probing;

/// <summary>How much a listener receives: so little a second that only the burst comes through, and then the next read is withheld.</summary>
internal static class TrafficProbes
{
    private static readonly TrafficRate Little = new(PerSecond: 1, Burst: 10);

    public static IReadOnlyList<Probe> All { get; } =
    [
        new("Limits:Traffic:BytesPerConnection", static options => options.Limits.Traffic.BytesPerConnection = Little)
        {
            Shows = static async listener =>
            {
                using Newcomer first = await listener.Join(ping: new byte[1000]);
                Eventually.Equal(true, () => first.Handler.IsPaused);
                using Newcomer second = await listener.Join();
                Assert.False(second.Handler.IsPaused);
            },
        },
        new("Limits:Traffic:Bytes", static options => options.Limits.Traffic.Bytes = Little)
        {
            Shows = static async listener =>
            {
                using Newcomer first = await listener.Join(ping: new byte[1000]);
                Eventually.Equal(true, () => first.Handler.IsPaused);
                using Newcomer second = await listener.Enter();
                Eventually.Equal(true, () => second.Handler.IsPaused);
            },
        },
        new("Limits:Traffic:MessagesPerConnection", static options => options.Limits.Traffic.MessagesPerConnection = Little)
        {
            Opened = static options => options.Packet = PacketType.One,
            Ping = [1, 42],
            Shows = static async listener =>
            {
                using Newcomer first = await listener.Join();
                await SendMany(first);
                using Newcomer second = await listener.Join();
                Assert.Equal(0, Kept(second));
            },
        },
        new("Limits:Traffic:Messages", static options => options.Limits.Traffic.Messages = Little)
        {
            Opened = static options => options.Packet = PacketType.One,
            Ping = [1, 42],
            Shows = static async listener =>
            {
                using Newcomer first = await listener.Join();
                await SendMany(first);
                using Newcomer second = await listener.Enter();
                await second.Peer.Send(1, 42);
                Eventually.Equal(1, () => Kept(second));
            },
        },
    ];

    private static async Task SendMany(Newcomer newcomer)
    {
        await newcomer.Peer.Send([.. Enumerable.Repeat(new byte[] { 1, 42 }, 100).SelectMany(static frame => frame)]);
        Eventually.Equal(true, () => Kept(newcomer) > 0);
    }

    private static int Kept(Newcomer newcomer) => newcomer.Channel.Pipeline.Get<MessageLimitHandler>()!.Kept;
}
