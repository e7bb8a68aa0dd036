using EsockdNetty.Accepting;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Draining;

/// <summary>A drain of a listener whose clients wait over its limit: what the backlog holds is served, but not above the limit.</summary>
public sealed class WaitingDrainTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Theory]
    [MemberData(nameof(Transports.Both), MemberType = typeof(Transports))]
    public async Task Those_who_wait_over_the_limit_are_reset_by_a_drain(SocketTransport transport)
    {
        await using OneListener server = await OneListener.Open(
            OneListener.Echo,
            static options => (options.Limits.MaxConnections, options.Limits.OverLimit) = (1, OverLimit.Wait),
            new SocketServerOptions { Transport = transport });
        using Peer served = await server.Connect();
        Assert.True(await served.IsServed());
        using Peer waiting = await server.Connect();
        Eventually.Equal(1, () => server.Listener.Statistics.BacklogDepth);

        Task draining = server.Listener.DrainAsync(Long);

        Assert.False(await waiting.EndsInOrder());
        Assert.True(await served.EndsInOrder());
        await draining.WaitAsync(Eventually.Guard);
        Assert.Equal((1, 0), (server.Listener.Statistics.Accepted, server.Listener.Statistics.Refused.Values.Sum()));
    }
}
