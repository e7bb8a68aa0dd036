using System.Buffers;
using DotNetty.Transport.Channels;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Sessions;

public abstract class SessionSendTests
{
    private static readonly byte[] Chunk = new byte[64 * 1024];

    private readonly TaskCompletionSource<Session> _waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Exception> _thrown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task A_send_waits_while_the_peer_does_not_read_and_memory_stays_bounded()
    {
        int sent = 0;
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            for (; sent < 200; sent++)
            {
                await SendTellingOfTheWait(session, closed);
            }
        });
        using Peer peer = await Peer.Connect(server.Listener, receiveBuffer: 4096);

        Session waiting = await _waits.Task.WaitAsync(Eventually.Guard);
        long pending = waiting.Channel.Unsafe.OutboundBuffer.TotalPendingWriteBytes();
        byte[] received = await peer.ReceiveToEnd();

        Assert.InRange(pending, 1, (64 * 1024) + Chunk.Length);
        Assert.Equal(200 * Chunk.Length, received.Length);
    }

    [Fact]
    public async Task A_peer_that_does_not_take_what_it_is_sent_in_time_is_reset()
    {
        await using OneListener server = await Transport.Open(SendUntilItFails, options => options.Timeouts.Send = TimeSpan.FromMilliseconds(100));
        using Peer peer = await Peer.Connect(server.Listener, receiveBuffer: 4096);

        Assert.IsType<SendTimeoutException>(await _thrown.Task.WaitAsync(Eventually.Guard));
        Assert.Equal("SendTimeout 1", server.Endings(1));
        Assert.False(await peer.EndsInOrder());
    }

    [Fact]
    public async Task A_waiting_send_ends_with_the_reason_of_the_close()
    {
        await using OneListener server = await Transport.Open(SendUntilItFails);
        using Peer peer = await Peer.Connect(server.Listener, receiveBuffer: 4096);
        Session session = await _waits.Task.WaitAsync(Eventually.Guard);

        session.Channel.ResetBecause(CloseReason.Idle);

        Exception thrown = await _thrown.Task.WaitAsync(Eventually.Guard);
        Assert.Equal(CloseReason.Idle, Assert.IsType<ConnectionClosedException>(thrown).Reason);
        Assert.Contains("idle", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waiting_send_ends_when_the_peer_resets()
    {
        await using OneListener server = await Transport.Open(SendUntilItFails);
        using Peer peer = await Peer.Connect(server.Listener, receiveBuffer: 4096);
        await _waits.Task.WaitAsync(Eventually.Guard);

        peer.Reset();

        Exception thrown = await _thrown.Task.WaitAsync(Eventually.Guard);
        Assert.Equal(CloseReason.Reset, Assert.IsType<ConnectionClosedException>(thrown).Reason);
        Assert.Equal("Reset 1", server.Endings(1));
    }

    [Fact]
    public async Task A_send_on_a_closed_connection_names_the_reason()
    {
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            _ = session.Channel.CloseBecause(CloseReason.Idle);
            _thrown.SetResult(await Record.ExceptionAsync(async () => await session.SendAsync(Chunk, closed)));
        });
        using Peer peer = await server.Connect();

        Exception thrown = await _thrown.Task.WaitAsync(Eventually.Guard);

        Assert.Equal(CloseReason.Idle, Assert.IsType<ConnectionClosedException>(thrown).Reason);
    }

    [Fact]
    public async Task A_packet_longer_than_MaxFrame_throws()
    {
        await using OneListener server = await Transport.Open(
            async (session, closed) => _thrown.SetResult(await Record.ExceptionAsync(async () => await session.SendAsync(new byte[101], closed))),
            options =>
            {
                options.Packet = PacketType.Four;
                options.Limits.MaxFrame = 100;
            });
        using Peer peer = await server.Connect();

        Assert.IsType<PacketException>(await _thrown.Task.WaitAsync(Eventually.Guard));
        Assert.Empty(await peer.ReceiveToEnd());
    }

    [Fact]
    public async Task An_empty_packet_is_a_frame_of_length_zero()
    {
        await using OneListener server = await Transport.Open(
            async (session, closed) => await session.SendAsync(ReadOnlyMemory<byte>.Empty, closed),
            options => options.Packet = PacketType.Two);
        using Peer peer = await server.Connect();

        Assert.Equal([0, 0], await peer.ReceiveToEnd());
    }

    [Fact]
    public async Task A_packet_in_several_pieces_is_one_frame()
    {
        await using OneListener server = await Transport.Open(
            async (session, closed) => await session.SendAsync(Pieces([1, 2], [], [3]), closed),
            options => options.Packet = PacketType.Two);
        using Peer peer = await server.Connect();

        Assert.Equal([0, 3, 1, 2, 3], await peer.ReceiveToEnd());
    }

    [Fact]
    public async Task The_callers_bytes_may_change_after_a_send()
    {
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            byte[] bytes = [1, 2, 3];
            await session.SendAsync(bytes, closed);
            bytes.AsSpan().Fill(9);
        });
        using Peer peer = await server.Connect();

        Assert.Equal([1, 2, 3], await peer.ReceiveToEnd());
    }

    [Fact]
    public async Task A_cancelled_wait_for_room_leaves_the_connection_as_it_is()
    {
        using var cancellation = new CancellationTokenSource();
        int sent = 0;
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            try
            {
                while (true)
                {
                    sent++;
                    await SendTellingOfTheWait(session, cancellation.Token);
                }
            }
            catch (OperationCanceledException)
            {
                await session.SendAsync("end"u8.ToArray(), closed);
            }
        });
        using Peer peer = await Peer.Connect(server.Listener, receiveBuffer: 4096);
        await _waits.Task.WaitAsync(Eventually.Guard);

        await cancellation.CancelAsync();

        byte[] received = await peer.ReceiveToEnd();
        Assert.Equal((sent * Chunk.Length) + 3, received.Length);
    }

    [Fact]
    public async Task A_token_cancelled_before_sends_nothing()
    {
        await using OneListener server = await Transport.Open(async (session, _) =>
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await session.SendAsync(Chunk, new CancellationToken(true))));
        using Peer peer = await server.Connect();

        Assert.Empty(await peer.ReceiveToEnd());
    }

    [Fact]
    public async Task Sends_that_nobody_awaits_reset_the_connection_at_the_bound()
    {
        await using OneListener server = await Transport.Open(
            async (session, closed) =>
            {
                try
                {
                    await session.ReceiveAsync(closed);
                    while (!closed.IsCancellationRequested)
                    {
                        _ = session.SendAsync(Chunk, CancellationToken.None).AsTask().ContinueWith(sent => sent.Exception, TaskScheduler.Default);
                        await Task.Yield();
                    }
                }
                finally
                {
                    _thrown.SetResult(await Record.ExceptionAsync(async () => await session.SendAsync(Chunk, CancellationToken.None)));
                }
            },
            options => options.Limits.MaxPendingWriteBytes = 256 * 1024);
        using Peer peer = await Peer.Connect(server.Listener, receiveBuffer: 4096);

        await peer.Send(1);
        Assert.Equal("SlowConsumer 1", server.Endings(1));
        Exception thrown = await _thrown.Task.WaitAsync(Eventually.Guard);
        Assert.Equal(CloseReason.SlowConsumer, Assert.IsType<ConnectionClosedException>(thrown).Reason);
    }

    [Fact]
    public async Task What_was_sent_last_arrives_although_the_handler_returns_at_once()
    {
        byte[] much = new byte[3_000_000];
        await using OneListener server = await Transport.Open((session, closed) =>
        {
            _ = session.SendAsync(much, closed).AsTask();
            return Task.CompletedTask;
        });
        using Peer peer = await server.Connect();

        Assert.Equal(much.Length, (await peer.ReceiveToEnd()).Length);
    }

    private static ReadOnlySequence<byte> Pieces(params byte[][] parts)
    {
        var first = new Piece(parts[0], 0);
        Piece last = first;
        foreach (byte[] part in parts[1..])
        {
            last = last.Append(part);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private async Task SendUntilItFails(Session session, CancellationToken closed)
    {
        try
        {
            while (true)
            {
                await SendTellingOfTheWait(session, CancellationToken.None);
            }
        }
        catch (Exception thrown)
        {
            _thrown.SetResult(thrown);
            throw;
        }
    }

    private async Task SendTellingOfTheWait(Session session, CancellationToken cancellation)
    {
        ValueTask sending = session.SendAsync(Chunk, cancellation);
        if (!sending.IsCompleted)
        {
            _waits.TrySetResult(session);
        }

        await sending;
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, long start)
        {
            Memory = bytes;
            RunningIndex = start;
        }

        public Piece Append(byte[] bytes)
        {
            var next = new Piece(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }

    public sealed class OnEpoll : SessionSendTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : SessionSendTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
