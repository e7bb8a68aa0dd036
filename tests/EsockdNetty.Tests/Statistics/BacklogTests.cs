using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Statistics;

public sealed class BacklogTests
{
    public static TheoryData<SocketTransport> Transports => OperatingSystem.IsLinux() ? [SocketTransport.Epoll, SocketTransport.Sockets] : [SocketTransport.Sockets];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Tells_how_many_may_wait(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, options => options.Socket.Backlog = 7);

        ListenerStatistics statistics = server.Listener.Statistics;

        Assert.Equal(OperatingSystem.IsLinux() ? (0, 7) : (null, null), (statistics.BacklogDepth, statistics.BacklogLimit));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Tells_of_those_that_wait_while_nobody_accepts(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, options =>
        {
            options.Limits.MaxConnections = 1;
            options.Limits.OverLimit = EsockdNetty.Accepting.OverLimit.Wait;
        });
        using Peer served = await server.Connect();
        Assert.True(await served.IsServed());

        using Peer second = await server.Connect();
        using Peer third = await server.Connect();

        Eventually.Equal(OperatingSystem.IsLinux() ? 2 : null, () => server.Listener.Statistics.BacklogDepth);
    }

    [Fact]
    public async Task Tells_nothing_of_a_unix_socket()
    {
        string path = Path.Combine(Path.GetTempPath(), $"esockd-{Guid.NewGuid():N}.sock");
        await using OneListener server = await Open(SocketTransport.Automatic, options => options.Address = $"unix://{path}");

        Assert.Null(server.Listener.Statistics.BacklogDepth);
    }

    [Fact]
    public async Task Tells_nothing_while_suspended()
    {
        await using OneListener server = await Open(SocketTransport.Automatic, static _ => { });

        await server.Listener.SuspendAsync().WaitAsync(Eventually.Guard);

        Assert.Null(server.Listener.Statistics.BacklogDepth);
    }

    private static Task<OneListener> Open(SocketTransport transport, Action<ListenerOptions> configure) =>
        OneListener.Open(OneListener.Echo, configure, new SocketServerOptions { Transport = transport });
}
