using System.Buffers;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Sessions;

/// <summary>Where a session runs, and what becomes of it at its end.</summary>
public abstract class SessionLoopTests
{
    private readonly TaskCompletionSource<string> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task A_handler_begins_on_the_loop_and_every_await_resumes_there()
    {
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            var onLoop = new List<bool> { session.Channel.EventLoop.InEventLoop };
            await session.ReceiveAsync(closed);
            onLoop.Add(session.Channel.EventLoop.InEventLoop);
            await session.SendAsync(new byte[1], closed);
            onLoop.Add(session.Channel.EventLoop.InEventLoop);
            await Task.Delay(1, closed);
            onLoop.Add(session.Channel.EventLoop.InEventLoop);
            await Task.Yield();
            onLoop.Add(session.Channel.EventLoop.InEventLoop);
            await Task.Run(() => Thread.Sleep(0), closed);
            onLoop.Add(session.Channel.EventLoop.InEventLoop);
            _told.SetResult(string.Join(' ', onLoop));
        });
        using Peer peer = await server.Connect();

        await peer.Send(1);

        Assert.Equal("True True True True True True", await _told.Task.WaitAsync(Eventually.Guard));
    }

    [Fact]
    public async Task A_wait_for_room_resumes_on_the_loop()
    {
        var waits = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            ValueTask sending = session.SendAsync(new byte[16_000_000], closed);
            waits.SetResult(!sending.IsCompleted);
            await sending;
            _told.SetResult($"{session.Channel.EventLoop.InEventLoop}");
        });
        using Peer peer = await Peer.Connect(server.Listener, receiveBuffer: 4096);

        Assert.True(await waits.Task.WaitAsync(Eventually.Guard));
        await peer.ReceiveToEnd();

        Assert.Equal("True", await _told.Task.WaitAsync(Eventually.Guard));
    }

    [Fact]
    public async Task Calls_from_another_thread_work()
    {
        await using OneListener server = await Transport.Open((session, closed) => Task.Run(
            async () =>
            {
                while (await session.ReceiveAsync(closed) is { } packet)
                {
                    await session.SendAsync(packet, closed);
                }
            },
            CancellationToken.None));
        using Peer peer = await server.Connect();

        Assert.True(await peer.IsServed());
        Assert.True(await peer.IsServed());
        peer.EndSending();
        Assert.Empty(await peer.ReceiveToEnd());
        Assert.Equal("PeerClosed 1", server.Endings(1));
    }

    [Fact]
    public async Task After_the_servers_end_calls_from_another_thread_say_so()
    {
        var session = new TaskCompletionSource<Session>(TaskCreationOptions.RunContinuationsAsynchronously);
        OneListener server = await Transport.Open(async (opened, closed) =>
        {
            session.SetResult(opened);
            await closed.Cancelled();
        });
        using Peer peer = await server.Connect();
        Session left = await session.Task.WaitAsync(Eventually.Guard);

        await server.DisposeAsync();

        Assert.Null(await left.ReceiveAsync());
        ConnectionClosedException gone = await Assert.ThrowsAsync<ConnectionClosedException>(async () => await left.SendAsync(new byte[1]));
        Assert.Equal(CloseReason.Stopped, gone.Reason);
    }

    [Fact]
    public async Task A_handler_that_fails_closes_its_connection_alone()
    {
        var log = new LogLines();
        int sessions = 0;
        await using OneListener server = await Transport.Open(
            async (session, closed) =>
            {
                if (Interlocked.Increment(ref sessions) == 2)
                {
                    await session.ReceiveAsync(closed);
                    throw new InvalidOperationException("my bug");
                }

                await OneListener.Echo(session, closed);
            },
            server: new SocketServerOptions { LoggerFactory = log });
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        using Peer second = await server.Connect();

        await second.Send(1);

        Assert.True(await second.EndsInOrder());
        second.Dispose();
        Assert.True(await first.IsServed());
        Assert.Equal("HandlerFault 1", server.Endings(1));
        Assert.Single(log.All, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task A_handler_that_fails_before_its_first_await_closes_its_connection()
    {
        await using OneListener server = await Transport.Open((_, _) => throw new InvalidOperationException("at once"));
        using Peer peer = await server.Connect();

        Assert.Equal("HandlerFault 1", await server.EndOf(peer));
    }

    [Fact]
    public async Task A_handler_that_fails_off_the_loop_closes_its_connection()
    {
        await using OneListener server = await Transport.Open(async (_, _) =>
        {
            await Task.Yield();
            await Task.Delay(1, CancellationToken.None).ConfigureAwait(false);
            throw new InvalidOperationException("elsewhere");
        });
        using Peer peer = await server.Connect();

        Assert.Equal("HandlerFault 1", await server.EndOf(peer));
    }

    [Fact]
    public async Task An_unsent_packet_that_escapes_is_a_fault_of_ours()
    {
        var log = new LogLines();
        await using OneListener server = await Transport.Open(
            async (session, closed) => await session.SendAsync(new byte[300], closed),
            options => options.Packet = Codecs.PacketType.One,
            new SocketServerOptions { LoggerFactory = log });
        using Peer peer = await server.Connect();

        Assert.Equal("HandlerFault 1", await server.EndOf(peer));
        Assert.Single(log.All, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task Another_connections_end_that_escapes_is_a_fault_of_ours()
    {
        await using OneListener server = await Transport.Open((_, _) => throw new ConnectionClosedException(CloseReason.Idle));
        using Peer peer = await server.Connect();

        Assert.Equal("HandlerFault 1", await server.EndOf(peer));
    }

    [Fact]
    public async Task A_handler_that_learns_of_the_end_by_an_exception_has_not_failed()
    {
        var log = new LogLines();
        await using OneListener server = await Transport.Open(
            async (_, closed) => await Task.Delay(Timeout.Infinite, closed),
            options => options.Timeouts.Idle = TimeSpan.FromMilliseconds(50),
            new SocketServerOptions { LoggerFactory = log });
        using Peer peer = await server.Connect();

        Assert.Equal("Idle 1", await server.EndOf(peer));
        Assert.DoesNotContain(log.All, line => line.Level > LogLevel.Information);
    }

    [Fact]
    public async Task A_handler_that_returns_closes_its_connection()
    {
        await using OneListener server = await Transport.Open((_, _) => Task.CompletedTask);
        using Peer peer = await server.Connect();

        Assert.Equal("Closed 1", await server.EndOf(peer));
    }

    [Fact]
    public async Task Receiving_and_sending_may_go_on_at_the_same_time()
    {
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            Task receiving = Consume(session, closed);
            for (byte i = 0; i < 100; i++)
            {
                await session.SendAsync(new byte[] { i }, closed);
            }

            await receiving;
        });
        using Peer peer = await server.Connect();

        await peer.Send(new byte[1000]);

        byte[] received = await peer.Receive(100);
        Assert.Equal(Enumerable.Range(0, 100), received.Select(part => (int)part));
    }

    private static async Task Consume(Session session, CancellationToken closed)
    {
        while (await session.ReceiveAsync(closed) is { } packet)
        {
            _ = packet.ToArray();
        }
    }

    public sealed class OnEpoll : SessionLoopTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : SessionLoopTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
