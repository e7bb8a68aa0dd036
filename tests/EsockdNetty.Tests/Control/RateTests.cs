using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Rates;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control;

public abstract class RateTests
{
    private static readonly ConnectionRate Three = new(3, TimeSpan.FromHours(1));

    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task A_rate_is_switched_on_and_off_while_it_runs()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);

        server.Listener.Update(options => options.Limits.Rate = new ConnectionRate(1, TimeSpan.FromHours(1)));
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        Assert.True(await Peer.IsRefused(server.Listener));
        server.Listener.Update(options => options.Limits.Rate = null);

        for (int i = 0; i < 5; i++)
        {
            using Peer peer = await server.Connect();
            Assert.True(await peer.IsServed());
        }
    }

    [Fact]
    public async Task Who_waits_for_the_rate_is_served_when_it_is_switched_off()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options => (options.Limits.Rate, options.Limits.OverLimit) = (Three, OverLimit.Wait));
        for (int i = 0; i < 3; i++)
        {
            using Peer peer = await server.Connect();
            Assert.True(await peer.IsServed());
        }

        using Peer waiting = await server.Connect();
        server.Listener.Update(options => options.Limits.Rate = null);

        Assert.True(await waiting.IsServed());
    }

    [Fact]
    public async Task A_limiter_of_the_users_own_is_asked()
    {
        using var limiter = new ConcurrencyLimiter(new() { PermitLimit = 1, QueueLimit = 1 });
        await using OneListener server = await Transport.Open(OneListener.Echo, options => options.Limits.RateLimiter = limiter);
        Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        Assert.True(await Peer.IsRefused(server.Listener));

        first.Dispose();
        Eventually.Equal(0, () => server.Listener.ConnectionCount);

        using Peer second = await server.Connect();
        Assert.True(await second.IsServed());
    }

    [Theory]
    [MemberData(nameof(Transports.Both), MemberType = typeof(Transports))]
    public async Task Whom_a_limiter_of_the_users_own_refuses_costs_no_token_of_the_rate(SocketTransport transport)
    {
        using var log = new LogLines();
        using var limiter = new ConcurrencyLimiter(new() { PermitLimit = 1, QueueLimit = 1 });
        await using OneListener server = await OneListener.Open(
            OneListener.Echo,
            options => (options.Limits.Rate, options.Limits.RateLimiter) = (Three, limiter),
            new SocketServerOptions { Transport = transport, LoggerFactory = log });
        Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        for (int i = 0; i < 5; i++)
        {
            Assert.True(await Peer.IsRefused(server.Listener));
        }

        first.Dispose();
        Eventually.Equal(0, () => server.Listener.ConnectionCount);

        using Peer second = await server.Connect();
        Assert.True(await second.IsServed());
        Eventually.Equal(5, () => server.Listener.Statistics.Refused.GetValueOrDefault(RefusalReason.RateLimiter));
        Assert.Single(server.Listener.Statistics.Refused);
        await server.DisposeAsync();
        Assert.All(log.All.Where(static line => line.Id == 200), static line => Assert.EndsWith("Remedy: let the limiter of Limits:RateLimiter give more permits", line.Text, StringComparison.Ordinal));
        Assert.Contains(log.All, static line => line.Id == 200);
    }

    [Theory]
    [MemberData(nameof(Transports.Both), MemberType = typeof(Transports))]
    public async Task Who_waits_for_a_limiter_of_the_users_own_costs_one_token_of_the_rate(SocketTransport transport)
    {
        using var limiter = new ConcurrencyLimiter(new() { PermitLimit = 1, QueueLimit = 1 });
        await using OneListener server = await OneListener.Open(
            OneListener.Echo,
            options => (options.Limits.Rate, options.Limits.RateLimiter, options.Limits.OverLimit) = (Three, limiter, OverLimit.Wait),
            new SocketServerOptions { Transport = transport });

        for (int i = 0; i < 3; i++)
        {
            Peer next = await server.Connect();
            Assert.True(await next.IsServed());
            next.Dispose();
        }

        Assert.Empty(server.Listener.Statistics.Refused);
    }

    [Fact]
    public async Task Who_waits_for_a_limiter_of_the_users_own_is_served_when_it_has_room()
    {
        using var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = 1 });
        await using OneListener server = await Transport.Open(OneListener.Echo, options =>
        {
            options.Limits.RateLimiter = limiter;
            options.Limits.OverLimit = OverLimit.Wait;
        });
        Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        using Peer second = await server.Connect();

        first.Dispose();

        Assert.True(await second.IsServed());
        Assert.Empty(server.Listener.Statistics.Refused);
    }

    [Fact]
    public async Task Clients_that_reset_before_they_were_accepted_cost_no_token()
    {
        using Socket waiting = HandedInSocket.New(new IPEndPoint(IPAddress.Loopback, 0));
        waiting.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        waiting.Listen(16);
        for (int i = 0; i < 3; i++)
        {
            using SocketClient gone = await SocketClient.Connect(waiting.LocalEndPoint!);
            gone.Reset();
        }

        await using OneListener server = await Transport.Open(
            OneListener.Echo,
            options =>
            {
                options.Address = $"fd://{HandedInSocket.NumberOf(waiting)}";
                options.Limits.Rate = new ConnectionRate(1, TimeSpan.FromHours(1));
            });
        using Peer good = await server.Connect();

        Assert.True(await good.IsServed());
        Assert.Equal(3, server.Listener.Statistics.Refused.GetValueOrDefault(RefusalReason.PeerGone));
    }

    [Fact]
    public async Task Messages_above_the_rate_come_later_and_none_is_lost()
    {
        await using OneListener server = await Transport.Open(
            OneListener.Echo,
            options => (options.Packet, options.Limits.Traffic.MessagesPerConnection) = (PacketType.One, new(PerSecond: 1, Burst: 2)));
        using Peer peer = await server.Connect();

        await peer.Send([.. Enumerable.Repeat(new byte[] { 1, 7 }, 5).SelectMany(static frame => frame)]);
        Assert.Equal([1, 7, 1, 7], await peer.Receive(4));
        server.Listener.Update(options => options.Limits.Traffic.MessagesPerConnection = null);

        Assert.Equal([1, 7, 1, 7, 1, 7], await peer.Receive(6));
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("ssl")]
    public async Task Bytes_above_the_rate_come_later_and_none_is_lost(string scheme)
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options =>
        {
            if (scheme == "ssl")
            {
                OneListener.Tls(options);
            }

            options.Limits.Traffic.BytesPerConnection = new(PerSecond: 1_000_000, Burst: 10_000);
        });
        using Peer peer = await server.Connect(scheme);
        byte[] sent = new byte[300_000];
        Random.Shared.NextBytes(sent);

        Task sending = peer.Send(sent);
        Assert.Equal(sent, await peer.Receive(sent.Length));
        await sending;
    }

    // The decoder thought that the peer was slow, where it was we who did not read.
    [Fact]
    public async Task A_limit_of_bytes_does_not_make_a_frame_late()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options =>
        {
            options.Packet = PacketType.Four;
            options.Timeouts.Frame = TimeSpan.FromMilliseconds(200);
            options.Limits.Traffic.BytesPerConnection = new(PerSecond: 100_000, Burst: 1_000);
        });
        using Peer peer = await server.Connect();
        byte[] frame = [0, 1, 0, 0, .. new byte[65_536]];

        Task sending = peer.Send(frame);
        Assert.Equal(frame, await peer.Receive(frame.Length));
        await sending;
        Assert.Empty(server.Listener.Statistics.Closed);
    }

    public sealed class OnEpoll : RateTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : RateTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
