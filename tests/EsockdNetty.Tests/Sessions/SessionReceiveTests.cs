using System.Buffers;
using System.Net;
using EsockdNetty.Codecs;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Sessions;

public abstract class SessionReceiveTests
{
    private static readonly byte[] ThreeFrames = [0, 1, 1, 0, 1, 2, 0, 1, 3];

    private readonly TaskCompletionSource<string> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _proceed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task A_packet_stays_valid_until_the_next_receive()
    {
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            ReadOnlySequence<byte> first = (await session.ReceiveAsync(closed))!.Value;
            _told.SetResult("");
            await _proceed.Task;
            await session.SendAsync(first, closed);
        }, Two);
        using Peer peer = await server.Connect();

        await peer.Send(0, 3, 1, 2, 3);
        await Told();
        await peer.Send([.. Enumerable.Repeat<byte>(9, 4000)]);
        _proceed.SetResult();

        Assert.Equal([0, 3, 1, 2, 3], await peer.Receive(5));
    }

    [Fact]
    public async Task Packets_received_before_the_end_come_before_null()
    {
        await using OneListener server = await Transport.Open(ReceiveAll, Two);
        using Peer peer = await server.Connect();

        await peer.Send(ThreeFrames);
        peer.EndSending();

        Assert.Equal("1 2 3", await Told());
    }

    [Fact]
    public async Task Packets_received_before_our_own_close_come_before_null()
    {
        await using OneListener server = await Transport.Open(
            async (session, closed) =>
            {
                // It resumes in the middle of the round that brings all three.
                await session.ReceiveAsync(closed);
                await Task.Yield();
                _ = session.Channel.CloseAsync();
                await closed.Cancelled();
                await ReceiveAll(session, closed);
            },
            Two);
        using Peer peer = await server.Connect();

        await peer.Send(ThreeFrames);

        Assert.Equal("2 3", await Told());
    }

    [Fact]
    public async Task After_the_end_every_receive_gives_null()
    {
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            bool first = await session.ReceiveAsync(closed) is null;
            bool second = await session.ReceiveAsync(closed) is null;
            _told.SetResult($"{first} {second}");
        });
        using Peer peer = await server.Connect();

        peer.EndSending();

        Assert.Equal("True True", await Told());
    }

    [Fact]
    public async Task A_reply_sent_after_the_peers_FIN_arrives()
    {
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            while (await session.ReceiveAsync(closed) is not null)
            {
            }

            await session.SendAsync("late reply"u8.ToArray(), closed);
        });
        using Peer peer = await server.Connect();

        await peer.Send(1, 2, 3);
        peer.EndSending();

        Assert.Equal("late reply"u8.ToArray(), await peer.ReceiveToEnd());
    }

    [Fact]
    public async Task Without_half_closure_the_FIN_closes_the_connection()
    {
        await using OneListener server = await Transport.Open(
            async (session, closed) =>
            {
                bool ended = await session.ReceiveAsync(closed) is null;
                _told.SetResult($"{ended} {session.Channel.Active}");
            },
            options => options.Socket.AllowHalfClosure = false);
        using Peer peer = await server.Connect();

        peer.EndSending();

        Assert.Equal("True False", await Told());
        Assert.True(await peer.EndsInOrder());
    }

    [Fact]
    public async Task A_reset_is_null_for_the_session()
    {
        await using OneListener server = await Transport.Open(ReceiveAll, Two);
        using Peer peer = await server.Connect();
        await peer.Send(0, 1, 1);
        Eventually.Equal(1, () => server.Listener.ConnectionCount);

        peer.Reset();

        Assert.Contains(await Told(), new[] { "1", "" });
        Assert.Equal("Reset 1", server.Endings(1));
    }

    [Fact]
    public async Task A_second_receive_at_the_same_time_is_refused_and_the_first_goes_on()
    {
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            ValueTask<ReadOnlySequence<byte>?> first = session.ReceiveAsync(closed);
            InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await session.ReceiveAsync(closed));
            await session.SendAsync((await first)!.Value, closed);
            _told.SetResult(refused.Message);
        });
        using Peer peer = await server.Connect();

        await peer.Send(7);

        Assert.Equal([7], await peer.Receive(1));
        Assert.Contains("has not ended", await Told(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_receive_leaves_the_connection_as_it_is()
    {
        using var cancellation = new CancellationTokenSource();
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            ValueTask<ReadOnlySequence<byte>?> receive = session.ReceiveAsync(cancellation.Token);
            _proceed.SetResult();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await receive);
            _told.SetResult($"{session.Channel.EventLoop.InEventLoop}");
            await OneListener.Echo(session, closed);
        });
        using Peer peer = await server.Connect();
        await _proceed.Task.WaitAsync(Eventually.Guard);

        await cancellation.CancelAsync();

        Assert.Equal("True", await Told());
        Assert.True(await peer.IsServed());
    }

    [Fact]
    public async Task A_token_cancelled_before_cancels_at_once()
    {
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await session.ReceiveAsync(new CancellationToken(true)));
            await OneListener.Echo(session, closed);
        });
        using Peer peer = await server.Connect();

        Assert.True(await peer.IsServed());
    }

    [Fact]
    public async Task The_token_of_an_earlier_receive_does_not_cancel_a_later_one()
    {
        using var earlier = new CancellationTokenSource();
        using var later = new CancellationTokenSource();
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            await session.SendAsync((await session.ReceiveAsync(earlier.Token))!.Value, closed);
            ValueTask<ReadOnlySequence<byte>?> second = session.ReceiveAsync(later.Token);
            await earlier.CancelAsync();
            await session.SendAsync((await second)!.Value, closed);
        });
        using Peer peer = await server.Connect();

        Assert.True(await peer.IsServed());
        Assert.True(await peer.IsServed());
    }

    [Fact]
    public async Task Packets_that_come_while_nobody_receives_wait_in_order()
    {
        using var cancellation = new CancellationTokenSource();
        await using OneListener server = await Transport.Open(
            async (session, closed) =>
            {
                // The read it has asked for stays asked for.
                ValueTask<ReadOnlySequence<byte>?> receive = session.ReceiveAsync(cancellation.Token);
                await cancellation.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await receive);
                _proceed.SetResult();
                await _told.Task;
                await OneListener.Echo(session, closed);
            },
            Two);
        using Peer peer = await server.Connect();
        await _proceed.Task.WaitAsync(Eventually.Guard);

        await peer.Send(ThreeFrames);
        _told.SetResult("");

        Assert.Equal(ThreeFrames, await peer.Receive(ThreeFrames.Length));
    }

    [Fact]
    public async Task A_session_knows_both_addresses()
    {
        await using OneListener server = await Transport.Open((session, _) =>
        {
            _told.SetResult($"{session.RemoteAddress} {session.LocalAddress}");
            return Task.CompletedTask;
        });
        using Peer peer = await server.Connect();

        Assert.Equal($"{peer.LocalAddress} {(IPEndPoint)server.Listener.Address.EndPoint}", await Told());
    }

    [Fact]
    public async Task The_closed_token_is_cancelled_when_the_connection_is_closed()
    {
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            _proceed.SetResult();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(Timeout.Infinite, closed));
            _told.SetResult($"{session.Closed.IsCancellationRequested}");
        });
        using Peer peer = await server.Connect();
        await _proceed.Task.WaitAsync(Eventually.Guard);

        await server.Listener.CloseAsync();

        Assert.Equal("True", await Told());
    }

    private static void Two(ListenerOptions options) => options.Packet = PacketType.Two;

    private async Task ReceiveAll(Session session, CancellationToken closed)
    {
        var received = new List<byte>();
        while (await session.ReceiveAsync(closed) is { } packet)
        {
            received.AddRange(packet.ToArray());
        }

        _told.SetResult(string.Join(' ', received));
    }

    private Task<string> Told() => _told.Task.WaitAsync(Eventually.Guard);

    public sealed class OnEpoll : SessionReceiveTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : SessionReceiveTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
