using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class PortableListeningSocketTests : IAsyncLifetime
{
    private readonly SingleThreadEventLoop _loop = new("loop");
    private readonly Events _events = new();
    private readonly PortableListeningSocket _listener = new(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));

    public Task InitializeAsync() => OnLoop(() =>
    {
        _listener.Attach(_loop, _events);
        _listener.Listen(new IPEndPoint(IPAddress.Loopback, 0), 16);
        return 0;
    });

    public async Task DisposeAsync()
    {
        await OnLoop(() =>
        {
            _listener.Close();
            return 0;
        });
        await Within.Reached(_loop.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    public async Task Reports_a_connection_once_one_is_wanted_and_gives_it()
    {
        await OnLoop(() => Want(true));
        using Socket client = Connect();
        await Within.Reached(_events.Readable.Task);

        (bool Succeeded, bool More) result = await OnLoop(() =>
        {
            bool succeeded = _listener.Accept(out ITransportSocket? child).Succeeded;
            child?.Close();
            return (succeeded, _listener.Accept(out _).Succeeded);
        });

        Assert.Equal((true, false), result);
    }

    [Fact]
    public async Task Nothing_is_accepted_that_nobody_asked_for()
    {
        await OnLoop(() => Want(true));
        using Socket first = Connect();
        await Within.Reached(_events.Readable.Task);

        // The second connects when no more is wanted: it must wait with the system, where an accept finds it at once.
        bool found = await OnLoop(() =>
        {
            Want(false);
            _listener.Accept(out ITransportSocket? child);
            child?.Close();
            _listener.Accept(out _);
            using Socket second = Connect();
            bool succeeded = _listener.Accept(out ITransportSocket? childOfSecond).Succeeded;
            childOfSecond?.Close();
            return succeeded;
        });

        Assert.True(found);
    }

    [Fact]
    public async Task A_connection_accepted_while_closing_is_closed()
    {
        using Socket client = await OnLoop(() =>
        {
            Want(true);
            Socket connected = Connect();
            _listener.Close();
            return connected;
        });

        Exception? fault = await Record.ExceptionAsync(client.ReceiveToEndAsync);

        Assert.True(fault is null or SocketException);
    }

    [Fact]
    public async Task Reports_nothing_after_the_close()
    {
        await OnLoop(() =>
        {
            Want(true);
            _listener.Close();
            return Want(true);
        });
        await OnLoop(static () => 0);

        Assert.False(_events.Readable.Task.IsCompleted);
        Assert.Equal(-1, _listener.Descriptor);
        Assert.Null(_listener.LocalEndPoint);
    }

    private int Want(bool wanted)
    {
        _listener.WantAccept(wanted);
        return 0;
    }

    private Socket Connect()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(_listener.LocalEndPoint!);
        return client;
    }

    private Task<T> OnLoop<T>(Func<T> work) => Within.Reached(_loop.SubmitAsync(work));

    private sealed class Events : ITransportEvents
    {
        public TaskCompletionSource Readable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnReadable() => Readable.TrySetResult();

        public void OnWritable()
        {
        }

        public void OnConnected(SocketError outcome)
        {
        }
    }
}
