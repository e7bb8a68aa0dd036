using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Diagnostics;

public abstract class AcceptActivityTests : IDisposable
{
    // Other tests have servers too: this one's listener has a name of its own.
    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    protected AcceptActivityTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "EsockdNetty",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("listener"), _name))
                {
                    _ended.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task An_admitted_connection_has_one_that_ended_well()
    {
        await using SocketServer server = NewServer();
        Listener listener = await Open(server);
        using Peer peer = await Peer.Connect(listener);
        Assert.True(await peer.IsServed());

        Activity accept = Assert.Single(_ended);
        Assert.Equal(("esockd.accept", ActivityKind.Server, ActivityStatusCode.Unset), (accept.OperationName, accept.Kind, accept.Status));
        Assert.Equal("127.0.0.1", accept.GetTagItem("network.peer.address"));
        Assert.Equal(((IPEndPoint)peer.LocalAddress).Port, accept.GetTagItem("network.peer.port"));
        Assert.Equal("ipv4", accept.GetTagItem("network.type"));
        Assert.Equal("tcp", accept.GetTagItem("network.transport"));
        Assert.Null(accept.Parent);
    }

    [Fact]
    public async Task It_is_the_current_one_of_no_handler()
    {
        await using SocketServer server = NewServer();
        var current = new TaskCompletionSource<Activity?>();
        Listener listener = await Open(server, serve: (_, _) =>
        {
            current.SetResult(Activity.Current);
            return Task.CompletedTask;
        });

        using Peer peer = await Peer.Connect(listener);

        Assert.Null(await current.Task.WaitAsync(Eventually.Guard));
    }

    [Fact]
    public async Task A_refused_connection_has_one_with_the_reason()
    {
        await using SocketServer server = NewServer();
        Listener listener = await Open(server, options => options.Limits.MaxConnections = 1);
        using Peer served = await Peer.Connect(listener);
        Assert.True(await served.IsServed());

        Assert.True(await Peer.IsRefused(listener));

        Assert.Equal("max_connections", Fault());
    }

    [Fact]
    public async Task A_failed_handshake_has_one_with_the_reason()
    {
        await using SocketServer server = NewServer();
        Listener listener = await Open(server, OneListener.Tls);
        using Peer peer = await Peer.Connect(listener);

        await peer.Send("GET / HTTP/1.1\r\n\r\n"u8.ToArray());

        Assert.Equal("not_tls", Fault());
    }

    [Fact]
    public async Task A_client_that_leaves_before_its_handshake_has_one_with_the_reason()
    {
        await using SocketServer server = NewServer();
        Listener listener = await Open(server, OneListener.Tls);
        Peer peer = await Peer.Connect(listener);
        Eventually.Equal(1, () => (int)listener.Statistics.Pending);

        peer.Dispose();

        Assert.Equal("peer_closed", Fault());
    }

    public void Dispose() => _listener.Dispose();

    private SocketServer NewServer() => new(new SocketServerOptions { Transport = Transport });

    private Task<Listener> Open(SocketServer server, Action<ListenerOptions>? configure = null, SessionHandler? serve = null)
    {
        var options = new ListenerOptions(_name, "tcp://127.0.0.1:0");
        configure?.Invoke(options);
        return server.OpenAsync(options, serve ?? OneListener.Echo);
    }

    private string? Fault()
    {
        Activity? failed = null;
        Eventually.Equal(true, () => (failed = _ended.FirstOrDefault(activity => activity.Status == ActivityStatusCode.Error)) is not null);
        Assert.Equal(failed!.StatusDescription, failed.GetTagItem("error.type"));
        return failed.StatusDescription;
    }

    public sealed class OnEpoll : AcceptActivityTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : AcceptActivityTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
