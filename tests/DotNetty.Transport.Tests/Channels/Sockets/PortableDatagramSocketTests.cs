using System.Net;
using System.Net.Sockets;
using System.Text;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class PortableDatagramSocketTests : IDisposable
{
    private readonly Reports _reports = new();
    private readonly EmbeddedEventLoop _loop = new();
    private readonly Socket _peer = Bound();
    private readonly PortableDatagramSocket _socket = new(Bound());
    private readonly byte[] _buffer = new byte[64];

    public PortableDatagramSocketTests() => _socket.Attach(_loop, _reports);

    private IPEndPoint Peer => (IPEndPoint)_peer.LocalEndPoint!;

    private EndPoint Address => _socket.LocalEndPoint!;

    public void Dispose()
    {
        _socket.Close();
        _peer.Dispose();
    }

    [Fact]
    public void Nothing_to_receive_would_block_and_takes_no_datagram_that_comes_later()
    {
        TransportResult nothing = _socket.Receive(_buffer, out _);
        _peer.SendTo("hello"u8, Address);
        TransportResult result = ReceiveWhenReadable(out IPEndPoint? sender);

        Assert.True(nothing.MustWait);
        Assert.Equal(5, result.Count);
        Assert.Equal("hello", Encoding.ASCII.GetString(_buffer, 0, 5));
        Assert.Equal(Peer, sender);
    }

    [Fact]
    public void An_empty_datagram_is_one()
    {
        _peer.SendTo(ReadOnlySpan<byte>.Empty, Address);

        TransportResult result = ReceiveWhenReadable(out IPEndPoint? sender);

        Assert.True(result.Succeeded);
        Assert.Equal(0, result.Count);
        Assert.Equal(Peer, sender);
    }

    [Fact]
    public void What_is_readable_is_reported_also_when_it_was_seen_before_it_was_wanted()
    {
        _socket.WantRead(true);
        _socket.WantRead(false);
        _peer.SendTo("a"u8, Address);
        _loop.RunTasks();
        int unwanted = _reports.Readable;

        Assert.Equal(1, ReceiveWhenReadable(out _).Count);
        Assert.Equal(0, unwanted);
    }

    [Fact]
    public void Datagrams_that_wait_are_received_one_after_the_other()
    {
        foreach (string text in new[] { "a", "bb", "ccc" })
        {
            _peer.SendTo(Encoding.ASCII.GetBytes(text), Address);
        }

        int[] counts = [ReceiveWhenReadable(out _).Count, ReceiveWhenReadable(out _).Count, ReceiveWhenReadable(out _).Count];

        Assert.Equal([1, 2, 3], counts);
    }

    [Fact]
    public void An_ICMP_error_is_told_once_and_receiving_goes_on()
    {
        Socket gone = Bound();
        var nobody = (IPEndPoint)gone.LocalEndPoint!;
        gone.Dispose();
        _socket.Connect(nobody);

        _socket.Send("a"u8, null);
        TransportResult error = ReceiveWhenReadable(out _);
        TransportResult after = _socket.Receive(_buffer, out _);

        Assert.Equal(SocketError.ConnectionRefused, error.Error);
        Assert.True(after.MustWait);
    }

    [Fact]
    public void Sends_to_a_recipient_and_to_the_peer()
    {
        _socket.Send("a"u8, Peer);
        _socket.Connect(Peer);
        TransportResult toPeer = _socket.Send("b"u8, null);

        Assert.Equal(1, toPeer.Count);
        Assert.Equal(["a", "b"], [ReceivedByPeer(), ReceivedByPeer()]);
    }

    [Fact]
    public void An_empty_datagram_is_sent()
    {
        _socket.Send([], Peer);
        _socket.Connect(Peer);
        _socket.Send([], null);

        Assert.Equal(["", ""], [ReceivedByPeer(), ReceivedByPeer()]);
    }

    [Fact]
    public void A_datagram_that_is_too_large_is_an_error_not_an_exception()
    {
        TransportResult result = _socket.Send(new byte[65_535], Peer);

        Assert.Equal(SocketError.MessageSize, result.Error);
    }

    [Fact]
    public void A_recipient_of_the_wrong_family_is_an_error()
    {
        TransportResult result = _socket.Send("a"u8, new IPEndPoint(IPAddress.IPv6Loopback, 9));

        Assert.Equal(SocketError.AddressFamilyNotSupported, result.Error);
    }

    [Fact]
    public void A_disconnected_socket_keeps_its_port_hears_everybody_and_connects_again()
    {
        using Socket other = Bound();
        EndPoint address = Address;
        _socket.Connect((IPEndPoint)other.LocalEndPoint!);

        _socket.Disconnect();
        EndPoint? addressAfter = _socket.LocalEndPoint;
        _peer.SendTo("a"u8, address);
        int received = ReceiveWhenReadable(out _).Count;
        _socket.Connect(Peer);
        _socket.Send("b"u8, null);

        Assert.Equal(address, addressAfter);
        Assert.Equal(1, received);
        Assert.Equal("b", ReceivedByPeer());
    }

    [Fact]
    public void An_error_seen_while_connected_does_not_keep_from_connecting_again()
    {
        Socket gone = Bound();
        var nobody = (IPEndPoint)gone.LocalEndPoint!;
        gone.Dispose();
        _socket.Connect(nobody);
        _socket.Send("a"u8, null);
        ReceiveWhenReadable(out _);

        _socket.Disconnect();
        _socket.Connect(Peer);
        _socket.Send("b"u8, null);

        Assert.Equal("b", ReceivedByPeer());
    }

    [Fact]
    public void A_conversation_with_one_peer_allocates_nothing()
    {
        const int Rounds = 200;
        PingPong(Rounds);

        long before = GC.GetAllocatedBytesForCurrentThread();
        PingPong(Rounds);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(allocated < Rounds, $"{allocated} bytes in {Rounds} rounds.");
    }

    [Fact]
    public void A_closed_socket_reports_nothing_more_and_has_no_descriptor()
    {
        _socket.WantRead(true);

        _socket.Close();
        _socket.Close();
        _loop.RunTasks();

        Assert.Equal(-1, _socket.Descriptor);
        Assert.Null(_socket.LocalEndPoint);
        Assert.Equal(0, _reports.Readable);
    }

    [Fact]
    public void A_socket_disposed_behind_our_back_is_an_error()
    {
        Socket socket = Bound();
        var portable = new PortableDatagramSocket(socket);
        portable.Attach(_loop, _reports);

        socket.Dispose();

        Assert.Equal(SocketError.OperationAborted, portable.Receive(_buffer, out _).Error);
        Assert.Equal(SocketError.OperationAborted, portable.Send("a"u8, Peer).Error);
        Assert.Equal(SocketError.OperationAborted, portable.Send("a"u8, null).Error);
        portable.Close();
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private void PingPong(int rounds)
    {
        IPEndPoint peer = Peer;
        SocketAddress address = Address.Serialize();
        int count = 0;
        for (int i = 0; i < rounds; i++)
        {
            // Two, so that the second is received by a look of its own.
            _peer.SendTo("a"u8, SocketFlags.None, address);
            _peer.SendTo("b"u8, SocketFlags.None, address);
            count += _socket.Receive(_buffer, out _).Count + _socket.Receive(_buffer, out _).Count + _socket.Send("c"u8, peer).Count;
            _peer.Receive(_buffer);
        }

        Assert.Equal(3 * rounds, count);
    }

    private TransportResult ReceiveWhenReadable(out IPEndPoint? sender)
    {
        TransportResult result = default;
        IPEndPoint? from = null;
        _reports.OnReadable = () => result = _socket.Receive(_buffer, out from);
        int before = _reports.Readable;
        _socket.WantRead(true);
        Turn(() => _reports.Readable > before);
        _socket.WantRead(false);
        _reports.OnReadable = null;
        sender = from;
        return result;
    }

    /// <summary>The loop turns until it is so; the readiness itself comes from another thread.</summary>
    private void Turn(Func<bool> until)
    {
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    _loop.RunTasks();
                    return until();
                },
                Within.Guard),
            "Nothing was reported.");
    }

    private string ReceivedByPeer()
    {
        _peer.ReceiveTimeout = (int)Within.Guard.TotalMilliseconds;
        int count = _peer.Receive(_buffer);
        return Encoding.ASCII.GetString(_buffer, 0, count);
    }

    private sealed class Reports : ITransportEvents
    {
        public Action? OnReadable { get; set; }

        public int Readable { get; private set; }

        public int Writable { get; private set; }

        void ITransportEvents.OnReadable()
        {
            Readable++;
            OnReadable?.Invoke();
        }

        void ITransportEvents.OnWritable() => Writable++;

        void ITransportEvents.OnConnected(SocketError outcome) => Assert.Fail("A datagram socket connects at once.");
    }
}
