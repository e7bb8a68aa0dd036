using System.Net;
using System.Net.Sockets;
using System.Text;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Epoll.Tests;

/// <summary>What a stream is watched for in each of its states. Level triggered, whatever is watched for and not dealt with turns the loop without end.</summary>
public sealed class EpollInterestTests : IAsyncLifetime
{
    // Two or three are the timer's own; a spin makes thousands.
    private const int FewTurns = 50;

    private readonly EpollEventLoopGroup _group = new(1);
    private readonly Events _events = new();
    private readonly EpollEventLoop _loop;
    private readonly Socket _peer = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private EpollListeningSocket? _listener;
    private EpollStreamSocket? _stream;

    public EpollInterestTests() => _loop = (EpollEventLoop)_group.Items.Single();

    private EpollStreamSocket Stream => _stream!;

    public async Task InitializeAsync()
    {
        await OnLoop(() =>
        {
            _listener = new EpollListeningSocket(AddressFamily.InterNetwork);
            _listener.Attach(_loop, _events);
            _listener.Listen(new IPEndPoint(IPAddress.Loopback, 0), 1);
        });
        _peer.Connect(_listener!.LocalEndPoint!);
        Assert.True(SpinWait.SpinUntil(() => _listener.Accept(out ITransportSocket? child).Succeeded && (_stream = (EpollStreamSocket)child!) is not null, Within.Guard));
        await OnLoop(() => Stream.Attach(_loop, _events));
    }

    public async Task DisposeAsync()
    {
        await OnLoop(() =>
        {
            Stream.Close();
            _listener!.Close();
        });
        _peer.Dispose();
        await Within.Reached(_group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    public async Task A_FIN_while_nobody_reads_is_told_once_and_turns_the_loop_no_more()
    {
        _peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(_events.PeerEnded.Task);

        Assert.InRange(await TurnsWhileWaiting(), 0, FewTurns);
        Assert.Equal((1, 0), (_events.Ends, _events.Reads));
    }

    [Fact]
    public async Task Bytes_left_unread_turn_the_loop_no_more()
    {
        await OnLoop(() => Stream.WantRead(true));
        await OnLoop(() => Stream.WantRead(false));

        _peer.Send("abc"u8);

        Assert.InRange(await TurnsWhileWaiting(), 0, FewTurns);
        Assert.Equal(0, _events.Reads);
    }

    [Fact]
    public async Task A_read_after_a_FIN_that_came_while_nobody_read_gives_the_bytes_then_the_end()
    {
        _peer.Send("abc"u8);
        _peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(_events.PeerEnded.Task);

        _events.OnRead = () => Stream.WantRead(false);
        await OnLoop(() => Stream.WantRead(true));
        await Within.Reached(_events.Readable.Task);
        (string Bytes, TransportResult End) read = default;
        await OnLoop(() =>
        {
            byte[] bytes = new byte[10];
            read.Bytes = Encoding.ASCII.GetString(bytes, 0, Stream.Receive(bytes).Count);
            read.End = Stream.Receive(bytes);
        });

        Assert.Equal("abc", read.Bytes);
        Assert.True(read.End is { Succeeded: true, Count: 0 });
        Assert.InRange(await TurnsWhileWaiting(), 0, FewTurns);
    }

    [Fact]
    public async Task After_the_end_was_read_the_loop_turns_no_more()
    {
        _events.OnRead = () =>
        {
            Stream.WantRead(false);
            Stream.Receive(new byte[10]);
        };
        await OnLoop(() => Stream.WantRead(true));

        _peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(_events.Readable.Task);

        Assert.InRange(await TurnsWhileWaiting(), 0, FewTurns);
        Assert.Equal((1, 1), (_events.Reads, _events.Ends));
    }

    [Fact]
    public async Task A_reset_is_told_at_once_although_nobody_has_ever_read()
    {
        _peer.Close(0);

        Assert.Equal(SocketError.ConnectionReset, await Within.Reached(_events.Broken.Task));
        Assert.Equal(0, _events.Reads);
    }

    [Fact]
    public async Task A_reset_is_told_at_once_while_reading_pauses()
    {
        await OnLoop(() => Stream.WantRead(true));
        await OnLoop(() => Stream.WantRead(false));

        _peer.Close(0);

        Assert.Equal(SocketError.ConnectionReset, await Within.Reached(_events.Broken.Task));
    }

    [Fact]
    public async Task A_reset_behind_a_FIN_that_was_told_is_told_too()
    {
        _peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(_events.PeerEnded.Task);

        _peer.Close(0);

        Assert.Equal(SocketError.ConnectionReset, await Within.Reached(_events.Broken.Task));
    }

    private async Task<long> TurnsWhileWaiting()
    {
        await OnLoop(static () => { });
        long before = _loop.Rounds;
        await Within.Reached(_loop.ScheduleAsync(static () => { }, TimeSpan.FromMilliseconds(20)));
        return _loop.Rounds - before;
    }

    private Task OnLoop(Action work) => Within.Reached(_loop.SubmitAsync(() =>
    {
        work();
        return 0;
    }));

    private sealed class Events : ITransportEvents
    {
        public TaskCompletionSource PeerEnded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Readable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<SocketError> Broken { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Ends { get; private set; }

        public int Reads { get; private set; }

        public Action? OnRead { get; set; }

        public void OnReadable()
        {
            Reads++;
            OnRead?.Invoke();
            Readable.TrySetResult();
        }

        public void OnWritable()
        {
        }

        public void OnPeerEnded()
        {
            Ends++;
            PeerEnded.TrySetResult();
        }

        public void OnBroken(SocketError error) => Broken.TrySetResult(error);

        public void OnConnected(SocketError outcome)
        {
        }
    }
}
