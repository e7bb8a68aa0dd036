using System.Text;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EsockdNetty.Tests.Accepting;

/// <summary>A thousand refusals in a row leave nothing behind: every gate's count is back at 0 and a client is served.</summary>
public abstract class RefusalsOnSocketsTests
{
    private const int Refusals = 1000;

    private readonly ListenerCounters _counters = new();
    private readonly ConnectionLimit _own = new(100);
    private readonly ConnectionLimit _shared = new(100);
    private long? _descriptors;
    private volatile bool _broken;

    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task After_1000_refusals_by_the_own_limit()
    {
        _own.Limit = 1;

        await RefuseBeyondOne(RefusalReason.MaxConnections);
    }

    [Fact]
    public async Task After_1000_refusals_by_the_shared_limit()
    {
        _shared.Limit = 1;

        await RefuseBeyondOne(RefusalReason.ServerMaxConnections);
    }

    [Fact]
    public async Task After_1000_refusals_by_the_descriptor_reserve()
    {
        await using TestServer server = await Start();
        _descriptors = 1;

        await Refuse(server, RefusalReason.DescriptorReserve);
        _descriptors = null;

        await ServeOneInTheEnd(server);
        Assert.True(_counters.Snapshot().AcceptPauses > 0);
    }

    [Fact]
    public async Task After_1000_refusals_by_a_gate_that_fails()
    {
        await using TestServer server = await Start();
        _broken = true;

        await Refuse(server, RefusalReason.GateFault);
        _broken = false;

        await ServeOneInTheEnd(server);
    }

    [Fact]
    public async Task After_1000_refusals_that_close_in_order()
    {
        await using TestServer server = await Start(Refusal.Close);
        _broken = true;

        for (int i = 0; i < Refusals; i++)
        {
            byte[]? said = await SocketClient.ConnectAndReadToEnd(server.Address);
            Assert.Equal(0, said?.Length);
        }

        _broken = false;
        await ServeOneInTheEnd(server);
    }

    [Fact]
    public async Task After_1000_refusals_that_say_why()
    {
        await using TestServer server = await Start(Refusal.Bytes("try later\r\n"u8));
        _broken = true;

        for (int i = 0; i < Refusals; i++)
        {
            byte[]? said = await SocketClient.ConnectAndReadToEnd(server.Address);
            Assert.Equal("try later\r\n", Encoding.ASCII.GetString(said ?? []));
        }

        _broken = false;
        await ServeOneInTheEnd(server);
    }

    [Fact]
    public async Task A_refusal_that_says_why_arrives_although_the_client_has_sent_something()
    {
        await using TestServer server = await Start(Refusal.Bytes("try later\r\n"u8));
        _broken = true;

        using SocketClient client = await SocketClient.Connect(server.Address);
        await client.Send(new byte[1000]);

        Assert.Equal("try later\r\n", Encoding.ASCII.GetString(await client.ReadToEnd()));
    }

    [Fact]
    public async Task Waiting_clients_are_served_one_after_the_other_and_none_is_refused()
    {
        var limit = new ConnectionLimit(1);
        await using TestServer server = await TestServer.Start(Transport, pipeline =>
        {
            pipeline.AddLast(new AcceptBackoffHandler(), new MaxConnectionsGate(limit, overLimit: OverLimit.Wait));
            pipeline.AddLast(new AcceptMeter("test", _counters, NullLogger.Instance));
        });

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using SocketClient client = await SocketClient.Connect(server.Address);
            Assert.True(await client.IsServed());
        }));

        Assert.Empty(_counters.Snapshot().Refused);
        Assert.Equal(20, _counters.Snapshot().Accepted);
        await server.Channel.CloseAsync().WaitAsync(Eventually.Guard);
        Eventually.Equal(0, () => limit.Count);
    }

    [Fact]
    public async Task A_connection_that_is_reset_before_it_is_served_gives_its_permits_back()
    {
        await using TestServer server = await Start();

        for (int i = 0; i < 200; i++)
        {
            (await SocketClient.Connect(server.Address)).Reset();
        }

        await ServeOneInTheEnd(server);
    }

    [Fact]
    public async Task A_connection_whose_handlers_cannot_be_made_gives_its_permits_back()
    {
        await using TestServer server = await TestServer.Start(Transport, Accept, _ => throw new NotSupportedException());

        for (int i = 0; i < 20; i++)
        {
            await SocketClient.ConnectAndReadToEnd(server.Address);
        }

        Eventually.Equal((0, 0), () => (_own.Count, _shared.Count));
    }

    private async Task RefuseBeyondOne(RefusalReason reason)
    {
        await using TestServer server = await Start();
        using (SocketClient first = await SocketClient.Connect(server.Address))
        {
            Assert.True(await first.IsServed());

            await Refuse(server, reason);

            Eventually.Equal((1, 1), () => (_own.Count, _shared.Count));
            Assert.True(await first.IsServed());
        }

        Eventually.Equal((0, 0), () => (_own.Count, _shared.Count));
        await ServeOneInTheEnd(server);
    }

    private async Task Refuse(TestServer server, RefusalReason reason)
    {
        for (int i = 0; i < Refusals; i++)
        {
            Assert.Null(await SocketClient.ConnectAndReadToEnd(server.Address));
        }

        Eventually.Equal(Refusals, () => _counters.Snapshot().Refused.GetValueOrDefault(reason));
    }

    private async Task ServeOneInTheEnd(TestServer server)
    {
        Eventually.Equal((0, 0), () => (_own.Count, _shared.Count));
        bool served = false;
        for (long start = Environment.TickCount64; !served && Environment.TickCount64 - start < Eventually.Guard.TotalMilliseconds;)
        {
            // The descriptor limit is read again after a while only.
            served = await SocketClient.IsServed(server.Address);
        }

        Assert.True(served);
        Eventually.Equal((0, 0), () => (_own.Count, _shared.Count));
        Eventually.Equal(0, () => _counters.Current);
    }

    private Task<TestServer> Start(Refusal? refusal = null) => TestServer.Start(
        Transport,
        pipeline => Accept(pipeline, refusal),
        pipeline => pipeline.AddLast(new ConnectionMeter(_counters), new EchoHandler()));

    private void Accept(IChannelPipeline pipeline) => Accept(pipeline, null);

    private void Accept(IChannelPipeline pipeline, Refusal? refusal) => pipeline.AddLast(
        new AcceptBackoffHandler(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)),
        new DescriptorReserveGate(() => _descriptors),
        new MaxConnectionsGate(_own),
        new MaxConnectionsGate(_shared, RefusalReason.ServerMaxConnections),
        new SwitchedGate(() => _broken, refusal),
        new AcceptMeter("test", _counters, NullLogger.Instance));

    private sealed class SwitchedGate(Func<bool> broken, Refusal? refusal) : AcceptGate(refusal)
    {
        protected override RefusalReason? Judge(IChannelHandlerContext context, IChannel child) =>
            broken() ? throw new NotImplementedException() : null;
    }

    public sealed class OnEpoll : RefusalsOnSocketsTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : RefusalsOnSocketsTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
