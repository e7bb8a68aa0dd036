using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Diagnostics;

public abstract class ServerMetricsTests : IDisposable
{
    private const string Listener = "listener=test network.transport=tcp network.type=ipv4";

    private readonly Measured _measured = new();

    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task Instruments_have_the_names_and_units_of_the_design()
    {
        await using OneListener server = await Open();

        Assert.Equal(
            new SortedDictionary<string, string?>
            {
                ["esockd.accept.pauses"] = "{pause}",
                ["esockd.connection.duration"] = "s",
                ["esockd.connections.accepted"] = "{connection}",
                ["esockd.connections.active"] = "{connection}",
                ["esockd.connections.closed"] = "{connection}",
                ["esockd.connections.pending"] = "{connection}",
                ["esockd.connections.refused"] = "{connection}",
                ["esockd.handshake.duration"] = "s",
                ["esockd.listener.backlog"] = "{connection}",
                ["esockd.loop.lag"] = "s",
                ["esockd.messages"] = "{message}",
                ["esockd.network.io"] = "By",
            },
            new SortedDictionary<string, string?>(_measured.Units.ToDictionary()));
    }

    [Fact]
    public async Task Connections_are_counted_from_accept_to_close()
    {
        await using OneListener server = await Open();
        using (Peer peer = await server.Connect())
        {
            Assert.True(await peer.IsServed());

            Assert.Equal([(1, Listener)], _measured.Collect("esockd.connections.active"));
            Assert.Equal([(1, Listener)], _measured.Collect("esockd.connections.accepted"));
            Assert.Empty(_measured.Collect("esockd.connections.closed"));
        }

        Assert.Equal("PeerClosed 1", server.Endings(1));
        Eventually.Equal(0, () => server.Listener.Statistics.Current);
        Assert.Equal([(0, Listener)], _measured.Collect("esockd.connections.active"));
        Assert.Equal([(1, $"{Listener} reason=peer_closed")], _measured.Collect("esockd.connections.closed"));
    }

    [Fact]
    public async Task A_refused_connection_is_counted_with_its_reason()
    {
        await using OneListener server = await Open(options => options.Limits.MaxConnections = 1);
        using Peer served = await server.Connect();
        Assert.True(await served.IsServed());

        Assert.True(await Peer.IsRefused(server.Listener));

        Eventually.Equal($"1 {Listener} reason=max_connections", () => string.Join(' ', _measured.Collect("esockd.connections.refused").Select(value => $"{value.Value} {value.Tags}")));
    }

    [Fact]
    public async Task Bytes_and_messages_have_a_direction()
    {
        await using OneListener server = await Open();
        using Peer peer = await server.Connect();
        await peer.Send(1, 2, 3);
        await peer.Receive(3);

        // A session's send is counted when it is done, which may be after the peer has it.
        string[] both = ["network.io.direction=receive", "network.io.direction=transmit"];
        Eventually.Equal("3 3", () => Values("esockd.network.io"));
        Assert.Equal(both, _measured.Collect("esockd.network.io").Select(value => value.Tags.Split(' ')[1]));
        Assert.Equal(both, _measured.Collect("esockd.messages").Select(value => value.Tags.Split(' ')[1]));
    }

    [Fact]
    public async Task How_long_a_connection_lived_is_recorded_with_why_it_ended()
    {
        await using OneListener server = await Open();
        using (Peer peer = await server.Connect())
        {
            Assert.True(await peer.IsServed());
        }

        Eventually.Equal(1, () => _measured.Recorded("esockd.connection.duration").Count);
        (double seconds, string tags) = _measured.Recorded("esockd.connection.duration")[0];
        Assert.InRange(seconds, 0, 600);
        Assert.Equal("listener=test reason=peer_closed", tags);
    }

    [Fact]
    public async Task How_long_a_handshake_took_is_recorded()
    {
        await using OneListener server = await Open(OneListener.Tls);
        using Peer peer = await server.ConnectTls();
        Assert.True(await peer.IsServed());

        Assert.Equal("listener=test", Assert.Single(_measured.Recorded("esockd.handshake.duration")).Tags);
    }

    [Fact]
    public async Task A_handshake_that_fails_is_recorded_with_why()
    {
        await using OneListener server = await Open(OneListener.Tls);
        using Peer peer = await server.Connect();
        await peer.Send("GET / HTTP/1.1\r\n\r\n"u8.ToArray());

        Eventually.Equal(1, () => _measured.Recorded("esockd.handshake.duration").Count);
        Assert.Equal("error.type=not_tls listener=test", _measured.Recorded("esockd.handshake.duration")[0].Tags);
    }

    [Fact]
    public async Task A_loop_that_stands_still_is_seen_in_the_statistics_and_recorded()
    {
        TimeSpan still = TimeSpan.FromMilliseconds(100);
        await using OneListener server = await Open();
        using var seen = new ManualResetEventSlim();

        server.Listener.ServerChannel.EventLoop.Execute(() => seen.Wait(Eventually.Guard));

        Eventually.Equal(true, () => server.Listener.Statistics.LoopLag >= still);
        Eventually.Equal(true, () => _measured.Recorded("esockd.loop.lag").Any(lag => lag.Value >= still.TotalSeconds));
        seen.Set();
    }

    [Fact]
    public async Task A_removed_listener_is_told_of_no_more()
    {
        await using OneListener server = await Open();
        Assert.Single(_measured.Collect("esockd.connections.active"));

        await server.Server.RemoveAsync("test").WaitAsync(Eventually.Guard);

        Assert.Empty(_measured.Collect("esockd.connections.active"));
    }

    [Fact]
    public async Task A_stopped_server_tells_nothing_even_where_its_meter_is_anothers()
    {
        OneListener server = await Open();
        await server.DisposeAsync();

        Assert.Empty(_measured.Collect("esockd.connections.active"));
        Assert.Empty(_measured.Collect("esockd.network.io"));
    }

    [Fact]
    public async Task Without_a_factory_the_meter_is_the_servers_own_and_ends_with_it()
    {
        var ended = new ConcurrentQueue<object?>();
        int thread = Environment.CurrentManagedThreadId;
        bool starting = false;
        Meter? meter = null;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                // Other tests start servers meanwhile, on other threads.
                if (instrument is { Name: "esockd.loop.lag" } && Environment.CurrentManagedThreadId == thread && starting)
                {
                    meter = instrument.Meter;
                    listener.EnableMeasurementEvents(instrument, meter);
                }
            },
            MeasurementsCompleted = (_, meter) => ended.Enqueue(meter),
        };
        listener.Start();
        starting = true;
        var server = new SocketServer();
        starting = false;
        Assert.Equal("EsockdNetty", meter?.Name);
        Assert.Empty(ended);

        await server.DisposeAsync().AsTask().WaitAsync(Eventually.Guard);

        Assert.Same(meter, Assert.Single(ended));
    }

    public void Dispose() => _measured.Dispose();

    private string Values(string instrument) => string.Join(' ', _measured.Collect(instrument).Select(value => value.Value));

    private Task<OneListener> Open(Action<ListenerOptions>? configure = null) =>
        Transport.Open(OneListener.Echo, configure, new SocketServerOptions { MeterFactory = _measured });

    public sealed class OnEpoll : ServerMetricsTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : ServerMetricsTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
