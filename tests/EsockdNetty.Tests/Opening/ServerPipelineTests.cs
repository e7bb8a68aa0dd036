using System.Threading.RateLimiting;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Rates;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Opening;

/// <summary>The order of what an accepted connection passes: cheap and of one client before shared, what can be given back before what cannot.</summary>
public sealed class ServerPipelineTests
{
    private const string Stages = "AcceptBackoffHandler AcceptActivityHandler DescriptorReserveGate AccessControlGate AddressLimitGate OverloadGate "
        + "MaxConnectionsGate MaxConnectionsGate ConnectionRateGate AcceptMeter ListenerLostHandler LiveConnectionsHandler ListeningOptionsHandler "
        + "ServerBootstrapAcceptor";

    [Theory]
    [InlineData(SocketTransport.Epoll, 1)]
    [InlineData(SocketTransport.Epoll, 2)]
    [InlineData(SocketTransport.Sockets, 1)]
    [InlineData(SocketTransport.Sockets, 2)]
    public async Task The_stages_stand_in_their_order_on_every_acceptor(SocketTransport transport, int acceptors)
    {
        await using OneListener server = await transport.Open(
            OneListener.Echo,
            options =>
            {
                options.Acceptors = acceptors;
                SwitchOnEveryGate(options);
            },
            new SocketServerOptions { Loops = 2 });

        string[] stages = await Task.WhenAll(server.Listener.ServerChannels.Select(StagesOf));

        Assert.Equal(Enumerable.Repeat(Stages, acceptors), stages);
    }

    [Fact]
    public async Task A_limiter_of_the_users_own_is_asked_last()
    {
        using var limiter = new ConcurrencyLimiter(new() { PermitLimit = 1, QueueLimit = 1 });
        await using OneListener server = await OneListener.Open(OneListener.Echo, options =>
        {
            SwitchOnEveryGate(options);
            options.Limits.RateLimiter = limiter;
        });

        string stages = await StagesOf(server.Listener.ServerChannel);

        Assert.Equal(Stages.Replace("ConnectionRateGate", "ConnectionRateGate ConnectionRateGate", StringComparison.Ordinal), stages);
    }

    // One type, two limits.
    [Theory]
    [MemberData(nameof(Transports.Both), MemberType = typeof(Transports))]
    public async Task The_servers_limit_is_asked_before_the_listeners(SocketTransport transport)
    {
        await using OneListener server = await transport.Open(
            OneListener.Echo,
            static options => options.Limits.MaxConnections = 1,
            new SocketServerOptions { MaxConnections = 1 });
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());

        Assert.True(await Peer.IsRefused(server.Listener));

        Eventually.Equal("ServerMaxConnections 1", () => string.Join(' ', server.Listener.Statistics.Refused.Select(static refused => $"{refused.Key} {refused.Value}")));
    }

    private static void SwitchOnEveryGate(ListenerOptions options)
    {
        options.Access.Add("deny 192.0.2.0/24");
        options.Limits.MaxConnections = 100;
        options.Limits.PerAddress = new(10) { Rate = new(10, TimeSpan.FromSeconds(1)) };
        options.Limits.Rate = new ConnectionRate(10, TimeSpan.FromSeconds(1));
    }

    private static Task<string> StagesOf(IChannel channel) => channel.EventLoop.SubmitAsync(() => string.Join(' ', channel.Pipeline.Select(static stage => stage.GetType().Name)));
}
