using System.Net;
using System.Net.Sockets;
using System.Text;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class PortableDatagramSocketTests : IAsyncLifetime
{
    private readonly SingleThreadEventLoop _loop = new("loop");
    private readonly Reports _reports = new();
    private readonly Socket _peer = Bound();
    private readonly Socket _deaf = Bound();
    private readonly Socket _system = Bound();
    private readonly PortableDatagramSocket _socket;
    private readonly byte[] _buffer = new byte[64];

    public PortableDatagramSocketTests() => _socket = new PortableDatagramSocket(_system);

    private IPEndPoint Peer => (IPEndPoint)_peer.LocalEndPoint!;

    private EndPoint Address => _socket.LocalEndPoint!;

    public Task InitializeAsync() => OnLoop(() => _socket.Attach(_loop, _reports));

    public async Task DisposeAsync()
    {
        await OnLoop(_socket.Close);
        _peer.Dispose();
        _deaf.Dispose();
        await Within.Reached(_loop.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    public async Task Nothing_to_receive_would_block_and_the_datagram_that_comes_later_is_whole()
    {
        bool mustWait = false;
        await OnLoop(() => mustWait = _socket.Receive(_buffer, out _).MustWait);
        _peer.SendTo("hello"u8, Address);
        Received received = await ReceiveAsync();

        Assert.True(mustWait);
        Assert.Equal(new Received("hello", Peer, SocketError.Success), received);
    }

    [Fact]
    public async Task An_empty_datagram_is_one()
    {
        _peer.SendTo(ReadOnlySpan<byte>.Empty, Address);

        Received received = await ReceiveAsync();

        Assert.Equal(new Received("", Peer, SocketError.Success), received);
    }

    [Fact]
    public async Task Datagrams_that_wait_are_received_one_after_the_other()
    {
        foreach (string text in new[] { "a", "bb", "ccc" })
        {
            _peer.SendTo(Encoding.ASCII.GetBytes(text), Address);
        }

        string[] texts = [(await ReceiveAsync()).Text, (await ReceiveAsync()).Text, (await ReceiveAsync()).Text];

        Assert.Equal(["a", "bb", "ccc"], texts);
    }

    [Fact]
    public async Task What_became_readable_while_nobody_wanted_it_is_reported_when_somebody_does()
    {
        await OnLoop(() =>
        {
            // The look has begun; its end comes to the loop after the wish is taken back.
            _socket.Receive(_buffer, out _);
            _socket.WantRead(true);
            _peer.SendTo("a"u8, Address);
            Assert.True(_system.Poll(Within.Guard, SelectMode.SelectRead));
            _socket.WantRead(false);
        });

        Assert.Equal("a", (await ReceiveAsync()).Text);
        Assert.Equal(1, _reports.Readable);
    }

    [Fact]
    public async Task An_ICMP_error_is_told_once_and_receiving_goes_on()
    {
        IPEndPoint nobody = Nobody();
        await OnLoop(() =>
        {
            _socket.Connect(nobody);
            _socket.Send("a"u8, null);
        });

        Received told = await ReceiveAsync();
        bool mustWait = false;
        await OnLoop(() => mustWait = _socket.Receive(_buffer, out _).MustWait);

        Assert.Equal(SocketError.ConnectionRefused, told.Error);
        Assert.True(mustWait);
    }

    [Fact]
    public async Task Sends_to_a_recipient_and_to_the_peer_empty_datagrams_too()
    {
        await OnLoop(() =>
        {
            _socket.Send("a"u8, Peer);
            _socket.Send([], Peer);
            _socket.Connect(Peer);
            _socket.Send("b"u8, null);
            _socket.Send([], null);
        });

        Assert.Equal(["a", "", "b", ""], [ReceivedByPeer(), ReceivedByPeer(), ReceivedByPeer(), ReceivedByPeer()]);
    }

    [Fact]
    public async Task What_cannot_be_sent_is_an_error_not_an_exception()
    {
        SocketError tooLarge = default;
        SocketError otherFamily = default;
        await OnLoop(() =>
        {
            tooLarge = _socket.Send(new byte[65_535], Peer).Error;
            otherFamily = _socket.Send("a"u8, new IPEndPoint(IPAddress.IPv6Loopback, 9)).Error;
        });

        Assert.Equal(SocketError.MessageSize, tooLarge);
        Assert.Equal(SocketError.AddressFamilyNotSupported, otherFamily);
    }

    [Fact]
    public async Task A_send_that_would_wait_leaves_once_and_in_its_turn()
    {
        // Between unix sockets a full receiver makes the sender wait; UDP does not do that on one machine.
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock");
        using var receiver = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = (int)Within.Guard.TotalMilliseconds };
        receiver.Bind(new UnixDomainSocketEndPoint(path));
        var unix = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        unix.Connect(receiver.LocalEndPoint!);
        var sender = new PortableDatagramSocket(unix);
        var writable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int sent = 0;
        bool waits = false;
        await OnLoop(() =>
        {
            sender.Attach(_loop, new Reports { OnWritable = writable.SetResult });
            while (sender.Send(BitConverter.GetBytes(sent), null).Succeeded)
            {
                sent++;
            }

            waits = sender.Send(BitConverter.GetBytes(sent), null).MustWait;
            sender.WantWrite(true);
        });

        var received = new List<int> { ReceiveNumber() };
        await Within.Reached(writable.Task);
        TransportResult again = default;
        await OnLoop(() => again = sender.Send(BitConverter.GetBytes(sent), null));
        while (received[^1] < sent)
        {
            received.Add(ReceiveNumber());
        }

        Assert.True(waits);
        Assert.Equal(TransportResult.Of(sizeof(int)), again);
        Assert.Equal(Enumerable.Range(0, sent + 1), received);
        Assert.Equal(0, receiver.Available);
        await OnLoop(sender.Close);
        File.Delete(path);

        int ReceiveNumber()
        {
            receiver.Receive(_buffer);
            return BitConverter.ToInt32(_buffer);
        }
    }

    [Fact]
    public async Task A_disconnected_socket_keeps_its_port_hears_everybody_and_connects_again()
    {
        using Socket other = Bound();
        EndPoint address = Address;
        await OnLoop(() =>
        {
            _socket.Connect((IPEndPoint)other.LocalEndPoint!);
            _socket.Disconnect();
        });

        EndPoint addressAfter = Address;
        _peer.SendTo("a"u8, address);
        Received received = await ReceiveAsync();
        await OnLoop(() =>
        {
            _socket.Connect(Peer);
            _socket.Send("b"u8, null);
        });

        Assert.Equal(address, addressAfter);
        Assert.Equal(new Received("a", Peer, SocketError.Success), received);
        Assert.Equal("b", ReceivedByPeer());
    }

    [Fact]
    public async Task An_error_seen_while_connected_does_not_keep_from_connecting_again()
    {
        IPEndPoint nobody = Nobody();
        await OnLoop(() =>
        {
            _socket.Connect(nobody);
            _socket.Send("a"u8, null);
        });
        await ReceiveAsync();

        await OnLoop(() =>
        {
            _socket.Disconnect();
            _socket.Connect(Peer);
            _socket.Send("b"u8, null);
        });

        Assert.Equal("b", ReceivedByPeer());
    }

    [Fact]
    public async Task A_conversation_with_one_peer_allocates_nothing()
    {
        const int Rounds = 1000;
        long allocated = 0;
        await OnLoop(() => Converse(Rounds));

        await OnLoop(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Converse(Rounds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        });

        // What one conversation costs to begin with is less than a byte a round.
        Assert.True(allocated < Rounds, $"{allocated} bytes in {Rounds} rounds.");
    }

    [Fact]
    public async Task A_closed_socket_reports_nothing_more_and_has_no_descriptor()
    {
        await OnLoop(() =>
        {
            _socket.WantRead(true);
            _socket.Close();
            _socket.Close();
        });
        await OnLoop(static () => { });

        Assert.Equal(-1, _socket.Descriptor);
        Assert.Null(_socket.LocalEndPoint);
        Assert.Equal(0, _reports.Readable);
    }

    [Fact]
    public async Task A_socket_disposed_behind_our_back_is_an_error()
    {
        var errors = new List<SocketError>();
        IPEndPoint peer = Peer;
        await OnLoop(() =>
        {
            _system.Dispose();
            errors.Add(_socket.Receive(_buffer, out _).Error);
            errors.Add(_socket.Send("a"u8, peer).Error);
            errors.Add(_socket.Send("a"u8, null).Error);
        });

        Assert.Equal([SocketError.OperationAborted, SocketError.OperationAborted, SocketError.OperationAborted], errors);
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveTimeout = (int)Within.Guard.TotalMilliseconds,
        };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    /// <summary>An address that hears nobody, and that nobody else can take meanwhile: its socket is connected to itself.</summary>
    private IPEndPoint Nobody()
    {
        _deaf.Connect(_deaf.LocalEndPoint!);
        return (IPEndPoint)_deaf.LocalEndPoint!;
    }

    private void Converse(int rounds)
    {
        IPEndPoint peer = Peer;
        SocketAddress address = Address.Serialize();
        int bytes = 0;
        for (int i = 0; i < rounds; i++)
        {
            _peer.SendTo("a"u8, SocketFlags.None, address);
            _system.Poll(Within.Guard, SelectMode.SelectRead);
            bytes += _socket.Receive(_buffer, out _).Count + _socket.Send("b"u8, peer).Count + _peer.Receive(_buffer);
        }

        Assert.Equal(3 * rounds, bytes);
    }

    private async Task<Received> ReceiveAsync()
    {
        var received = new TaskCompletionSource<Received>(TaskCreationOptions.RunContinuationsAsynchronously);
        await OnLoop(() =>
        {
            _reports.OnReadable = () =>
            {
                TransportResult result = _socket.Receive(_buffer, out IPEndPoint? sender);
                if (!result.MustWait)
                {
                    _socket.WantRead(false);
                    received.TrySetResult(new Received(Encoding.ASCII.GetString(_buffer, 0, result.Count), sender, result.Error));
                }
            };
            _socket.WantRead(true);
        });
        return await Within.Reached(received.Task);
    }

    private string ReceivedByPeer() => Encoding.ASCII.GetString(_buffer, 0, _peer.Receive(_buffer));

    private Task<int> OnLoop(Action work) => Within.Reached(_loop.SubmitAsync(() =>
    {
        work();
        return 0;
    }));

    private sealed record Received(string Text, IPEndPoint? Sender, SocketError Error);

    private sealed class Reports : ITransportEvents
    {
        public Action? OnReadable { get; set; }

        public Action? OnWritable { get; init; }

        public int Readable { get; private set; }

        void ITransportEvents.OnReadable()
        {
            Readable++;
            OnReadable?.Invoke();
        }

        void ITransportEvents.OnWritable() => OnWritable?.Invoke();

        void ITransportEvents.OnConnected(SocketError outcome) => Assert.Fail("A datagram socket connects at once.");
    }
}
