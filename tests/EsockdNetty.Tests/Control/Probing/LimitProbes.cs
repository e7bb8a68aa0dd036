using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Rates;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control.Probing;

/// <summary>How much a listener takes on.</summary>
internal static class LimitProbes
{
    private const int KiB = 1024;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static IReadOnlyList<Probe> All { get; } =
    [
        new("Limits:MaxConnections", static options => options.Limits.MaxConnections = 1)
        {
            Shows = static listener => listener.Refuses(RefusalReason.MaxConnections),
        },
        new("Limits:OverLimit", static options => options.Limits.OverLimit = OverLimit.Wait)
        {
            Opened = static options => options.Limits.MaxConnections = 2,
            Shows = ShowWaiting,
        },
        new("Limits:MaxPending", static options => options.Limits.MaxPending = 1)
        {
            Opened = OneListener.Tls,
            Shows = static async listener =>
            {
                using Peer oldest = await Peer.Connect(listener.Listener);
                using Peer silent = await Peer.Connect(listener.Listener);
                Assert.False(await oldest.EndsInOrder());
                listener.HasClosed(CloseReason.PendingOverflow);
            },
        },
        new("Limits:MaxFrame", static options => options.Limits.MaxFrame = 3)
        {
            Opened = static options => options.Packet = PacketType.Two,
            Ping = [0, 1, 42],
            Shows = static async listener =>
            {
                using Newcomer newcomer = await listener.Join(ping: [0, 3, 1, 2, 3]);
                await newcomer.Peer.Send(0, 4);
                await newcomer.IsEnded();
                listener.HasClosed(CloseReason.FrameTooLong);
            },
        },
        new("Limits:Rate", static options => options.Limits.Rate = new ConnectionRate(1, Hour))
        {
            Shows = ShowOneOnly(RefusalReason.Rate),
        },
        new("Limits:PerAddress:MaxConnections", static options => options.Limits.PerAddress = options.Limits.PerAddress with { MaxConnections = 2 })
        {
            Shows = ShowOneOnly(RefusalReason.AddressLimit),
        },
        new("Limits:PerAddress:Rate", static options => options.Limits.PerAddress = options.Limits.PerAddress with { Rate = new AddressRate(1, Hour) })
        {
            Shows = ShowOneOnly(RefusalReason.AddressRate),
        },
        new("Limits:MaxPendingWriteBytes", static options => options.Limits.MaxPendingWriteBytes = 64 * KiB)
        {
            Shows = static async listener =>
            {
                using Newcomer newcomer = await listener.Join();
                await newcomer.Write(2, 100 * KiB);
                listener.HasClosed(CloseReason.SlowConsumer);
            },
        },
        new("Limits:SlowConsumer", static options => options.Limits.SlowConsumer = SlowConsumerPolicy.DropWrite)
        {
            Opened = static options => options.Limits.MaxPendingWriteBytes = 64 * KiB,
            Shows = static async listener =>
            {
                using Newcomer newcomer = await listener.Join();
                (_, Task dropped) = await newcomer.Write(2, 100 * KiB);
                await Assert.ThrowsAsync<SlowConsumerException>(() => dropped);
                newcomer.Channel.Flush();
                await newcomer.Peer.Receive(100 * KiB);
                Assert.True(await newcomer.Peer.IsServed());
            },
        },
        new("Limits:WriteHighWaterMark", static options => options.Limits.WriteHighWaterMark = 200 * KiB)
        {
            Shows = static async listener =>
            {
                using Newcomer newcomer = await listener.Join();
                Assert.True((await newcomer.Write(1, 100 * KiB)).IsWritable);
                Assert.False((await newcomer.Write(1, 150 * KiB)).IsWritable);
            },
        },
        new("Limits:WriteLowWaterMark", static options => options.Limits.WriteLowWaterMark = 1)
        {
            Opened = static options => options.Socket.SendBufferSize = 4 * KiB,
            Shows = ShowLowWaterMark,
        },
    ];

    // Nobody is refused, and who waits in the backlog is served when there is room.
    private static async Task ShowWaiting(ProbedListener listener)
    {
        using Newcomer second = await listener.Join();
        using Peer third = await Peer.Connect(listener.Listener);
        Eventually.Equal(1, () => listener.Listener.Statistics.BacklogDepth);
        second.Dispose();
        Assert.True(await third.IsServed());
        Assert.Empty(listener.Listener.Statistics.Refused);
    }

    private static Func<ProbedListener, Task> ShowOneOnly(RefusalReason reason) => async listener =>
    {
        using Newcomer first = await listener.Join();
        await listener.Refuses(reason);
    };

    // Unread bytes wait here; as long as one is left the channel stays as it was, far below the mark that holds by default.
    private static async Task ShowLowWaterMark(ProbedListener listener)
    {
        using Newcomer newcomer = await listener.Enter(receiveBuffer: 4 * KiB);
        await newcomer.Write(300, KiB);
        newcomer.Channel.Flush();
        (bool IsWritable, long Waiting) seen = await See(newcomer);
        for (; seen.Waiting > 16 * KiB; seen = await See(newcomer))
        {
            Assert.False(seen.IsWritable);
            await newcomer.Peer.Receive(KiB);
        }

        Assert.Equal(seen.Waiting < 1, seen.IsWritable);
    }

    private static Task<(bool IsWritable, long Waiting)> See(Newcomer newcomer) => newcomer.Channel.EventLoop.SubmitAsync(
        () => (newcomer.Channel.IsWritable, ((DotNetty.Transport.Channels.AbstractChannel)newcomer.Channel).Unsafe.OutboundBuffer.TotalPendingWriteBytes()));
}
