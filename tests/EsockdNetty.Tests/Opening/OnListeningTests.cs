using System.Net;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Opening;

/// <summary>Who is told that a listener listens, and when.</summary>
public abstract class OnListeningTests : IAsyncDisposable
{
    private readonly LogLines _log = new();
    private readonly SocketServer _server;
    private int _calls;
    private Exception? _fault;

    protected OnListeningTests(SocketTransport transport) =>
        _server = new SocketServer(new SocketServerOptions { Loops = 2, Transport = transport, LoggerFactory = _log });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task It_is_called_with_the_port_the_system_chose_before_anybody_is_accepted()
    {
        var told = new TaskCompletionSource<Listener>(TaskCreationOptions.RunContinuationsAsynchronously);
        var proceed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new ListenerOptions("a", "tcp://127.0.0.1:0") { OnListening = Hold };

        Task<Listener> opening = _server.OpenAsync(options, OneListener.Echo);
        Listener listener = await told.Task.WaitAsync(Eventually.Guard);
        using Peer peer = await Peer.Connect(listener);
        long accepted = listener.Statistics.Accepted;
        bool opened = opening.IsCompleted;
        proceed.SetResult();

        Assert.Equal((0L, false), (accepted, opened));
        Assert.Same(listener, await opening.WaitAsync(Eventually.Guard));
        Assert.True(await peer.IsServed());

        Task Hold(Listener listening)
        {
            told.SetResult(listening);
            return proceed.Task;
        }
    }

    [Fact]
    public async Task What_it_throws_fails_the_open_and_nothing_is_left()
    {
        _fault = new InvalidOperationException("the registry is away");
        EndPoint? bound = null;
        ListenerOptions options = Options(listening => bound = listening.Address.EndPoint);

        InvalidOperationException thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => _server.OpenAsync(options, OneListener.Echo));
        _fault = null;
        options.Address = $"tcp://{bound}";
        Listener listener = await _server.OpenAsync(options, OneListener.Echo);

        Assert.Equal("the registry is away", thrown.Message);
        Assert.Equal(bound, listener.Address.EndPoint);
        Assert.Equal([listener], _server.Listeners);
    }

    [Fact]
    public async Task It_is_called_once_however_many_accept()
    {
        ListenerOptions options = Options();
        options.Acceptors = 2;

        await _server.OpenAsync(options, OneListener.Echo);

        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task It_is_called_after_a_resume_and_after_it_was_opened_again()
    {
        Listener listener = await _server.OpenAsync(Options(), OneListener.Echo);

        await listener.SuspendAsync();
        await listener.ResumeAsync();
        int resumed = _calls;
        await listener.ReopenAsync();

        Assert.Equal((2, 3), (resumed, _calls));
    }

    [Fact]
    public async Task A_resume_that_it_fails_leaves_the_listener_suspended()
    {
        Listener listener = await _server.OpenAsync(Options(), OneListener.Echo);
        await listener.SuspendAsync();
        _fault = new InvalidOperationException();

        await Assert.ThrowsAsync<InvalidOperationException>(listener.ResumeAsync);
        ListenerState failed = listener.State;
        _fault = null;
        await listener.ResumeAsync();

        Assert.Equal(ListenerState.Suspended, failed);
        using Peer peer = await Peer.Connect(listener);
        Assert.True(await peer.IsServed());
    }

    [Fact]
    public async Task After_a_loss_what_it_throws_is_logged_and_the_listener_accepts()
    {
        Listener listener = await _server.OpenAsync(Options(), OneListener.Echo);
        _fault = new InvalidOperationException();

        await listener.ServerChannel.CloseAsync().WaitAsync(Eventually.Guard);
        Eventually.Equal(1, () => listener.Statistics.Rebinds);

        Assert.Equal(2, _calls);
        Assert.Contains(_log.All, static line => line.Id == 213);
        using Peer peer = await Peer.Connect(listener);
        Assert.True(await peer.IsServed());
    }

    private ListenerOptions Options(Action<Listener>? called = null) => new("a", "tcp://127.0.0.1:0")
    {
        OnListening = listening =>
        {
            Interlocked.Increment(ref _calls);
            called?.Invoke(listening);
            return _fault is null ? Task.CompletedTask : Task.FromException(_fault);
        },
    };

    public sealed class OnEpoll() : OnListeningTests(SocketTransport.Epoll);

    public sealed class OnSockets() : OnListeningTests(SocketTransport.Sockets);
}
