using System.Buffers;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Draining;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Draining;

public abstract class DrainTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private readonly TaskCompletionSource<IChannel> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _proceed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task A_quiet_session_ends_by_null_and_its_peer_sees_FIN()
    {
        bool? endedByNull = null;
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            await session.SendAsync((await session.ReceiveAsync(closed))!.Value, closed);
            endedByNull = await session.ReceiveAsync(closed) is null;
        });
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());

        Task draining = server.Listener.DrainAsync(Long);

        Assert.True(await peer.EndsInOrder());
        peer.Dispose();
        await draining.WaitAsync(Eventually.Guard);
        Assert.True(endedByNull);
        Assert.Equal("Drained 1", server.Endings(1));
        Assert.Equal(ListenerState.Closed, server.Listener.State);
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("ssl")]
    public async Task A_quiet_pipeline_is_closed(string scheme)
    {
        await using OneListener server = await Transport.OpenPipeline(pipeline => pipeline.AddLast(new EchoHandler()), options => Use(options, scheme));
        using Peer peer = scheme == "ssl" ? await server.ConnectTls() : await server.Connect();
        Assert.True(await peer.IsServed());

        Task draining = server.Listener.DrainAsync(Long);

        Assert.True(await peer.EndsInOrder());
        peer.Dispose();
        await draining.WaitAsync(Eventually.Guard);
        Assert.Equal("Drained 1", server.Endings(1));
    }

    [Fact]
    public async Task A_session_at_work_finishes_its_answer()
    {
        await using OneListener server = await Transport.Open(WorkThenAnswer, options => options.Packet = PacketType.One);
        using Peer peer = await server.Connect();
        await peer.Send(1, 7);
        await _begun.Task.WaitAsync(Eventually.Guard);

        Task draining = server.Listener.DrainAsync(Long);
        await ListeningSocketIsClosed(server.Listener);
        Assert.Equal((ListenerState.Draining, 1), (server.Listener.State, server.Listener.ConnectionCount));
        _proceed.SetResult();

        Assert.Equal([1, 7], await peer.ReceiveToEnd());
        peer.Dispose();
        await draining.WaitAsync(Eventually.Guard);
        Assert.Equal("Drained 1", server.Endings(1));
    }

    [Fact]
    public async Task A_handler_that_is_at_work_finishes_its_answer()
    {
        await using OneListener server = await Transport.OpenPipeline(pipeline => pipeline.AddLast(new LateHandler(_begun, _proceed.Task)));
        using Peer peer = await server.Connect();
        await peer.Send(7);
        await _begun.Task.WaitAsync(Eventually.Guard);
        using Peer quiet = await server.Connect();
        Eventually.Equal(2, () => server.Listener.ConnectionCount);

        Task draining = server.Listener.DrainAsync(new DrainOptions { Timeout = Long, Spread = TimeSpan.Zero });
        Assert.True(await quiet.EndsInOrder());
        quiet.Dispose();
        Eventually.Equal(1, () => server.Listener.ConnectionCount);
        _proceed.SetResult();

        Assert.Equal([7], await peer.ReceiveToEnd());
        peer.Dispose();
        await draining.WaitAsync(Eventually.Guard);
        Assert.Equal("Drained 2", server.Endings(2));
    }

    [Fact]
    public async Task Work_that_ends_twice_ends_once()
    {
        await using OneListener server = await Transport.OpenPipeline(pipeline => pipeline.AddLast(new EchoHandler()));
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());
        Connection connection = Assert.Single(server.Listener.Connections);
        using ConnectionWork work = connection.BeginWork();
        ConnectionWork other = connection.BeginWork();
        other.Dispose();
        other.Dispose();
        using Peer quiet = await server.Connect();
        Eventually.Equal(2, () => server.Listener.ConnectionCount);

        Task draining = server.Listener.DrainAsync(new DrainOptions { Timeout = Long, Spread = TimeSpan.Zero });
        Assert.True(await quiet.EndsInOrder());
        quiet.Dispose();
        Assert.True(connection.Channel.Active);
        work.Dispose();

        Assert.True(await peer.EndsInOrder());
        peer.Dispose();
        await draining.WaitAsync(Eventually.Guard);
    }

    [Fact]
    public async Task A_long_answer_arrives_whole()
    {
        byte[] answer = new byte[20_000_000];
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            await session.ReceiveAsync(closed);
            ValueTask sending = session.SendAsync(answer, closed);
            _begun.SetResult(session.Channel);
            await sending;
            await session.ReceiveAsync(closed);
        });
        using Peer peer = await Peer.Connect(server.Listener, receiveBuffer: 4096);
        await peer.Send(1);
        await _begun.Task.WaitAsync(Eventually.Guard);

        Task draining = server.Listener.DrainAsync(Long);
        await ListeningSocketIsClosed(server.Listener);

        Assert.Equal(answer.Length, (await peer.ReceiveToEnd()).Length);
        peer.Dispose();
        await draining.WaitAsync(Eventually.Guard);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_partial_frame_is_waited_for(bool session)
    {
        void Two(ListenerOptions options) => options.Packet = PacketType.Two;
        await using OneListener server = session
            ? await Transport.Open(OneListener.Echo, Two)
            : await Transport.OpenPipeline(pipeline => pipeline.AddLast(new EchoHandler()), Two);
        using Peer half = await server.Connect();
        using Peer quiet = await server.Connect();
        await half.Send(0, 1, 1, 0, 2, 8);
        Assert.Equal([0, 1, 1], await half.Receive(3));
        await quiet.Send(0, 0);
        Assert.Equal([0, 0], await quiet.Receive(2));

        Task draining = server.Listener.DrainAsync(TimeSpan.FromSeconds(4));

        Assert.True(await quiet.EndsInOrder());
        quiet.Dispose();
        Eventually.Equal(1, () => server.Listener.ConnectionCount);
        await half.Send(9);
        Assert.Equal([0, 2, 8, 9], await half.ReceiveToEnd());
        half.Dispose();
        await draining.WaitAsync(Eventually.Guard);
        Assert.Equal("Drained 2", server.Endings(2));
    }

    [Fact]
    public async Task A_partial_frame_in_a_decoder_of_the_users_is_waited_for()
    {
        await using OneListener server = await Transport.OpenPipeline(pipeline =>
            pipeline.AddLast(new DotNetty.Codecs.LengthFieldBasedFrameDecoder(1000, 0, 2), new EchoHandler(), new Teller(_begun)));
        using Peer peer = await server.Connect();
        await peer.Send(0, 1, 1, 0, 2, 8);
        Assert.Equal([0, 1, 1], await peer.Receive(3));

        Task draining = server.Listener.DrainAsync(Long);
        await ListeningSocketIsClosed(server.Listener);
        await peer.Send(9);

        Assert.Equal([0, 2, 8, 9], await peer.ReceiveToEnd());
        peer.Dispose();
        await draining.WaitAsync(Eventually.Guard);
    }

    [Fact]
    public async Task What_waits_in_the_backlog_is_served()
    {
        using var boss = new ManualResetEventSlim();
        await using OneListener server = await Transport.Open(OneListener.Echo);
        BlockBoss(server.Listener, boss);
        Peer[] peers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => server.Connect()));
        await Task.WhenAll(peers.Select((peer, i) => peer.Send((byte)i)));

        Task draining = server.Listener.DrainAsync(TimeSpan.FromSeconds(1));
        boss.Set();

        byte[][] answers = await Task.WhenAll(peers.Select(peer => peer.ReceiveToEnd()));
        Array.ForEach(peers, peer => peer.Dispose());
        await draining.WaitAsync(Eventually.Guard);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), answers.Select(answer => string.Join(' ', answer)));
        Assert.Equal("Drained 50", server.Endings(50));
    }

    [Fact]
    public async Task The_pipeline_of_the_server_hears_of_the_drain_before_the_socket_is_closed()
    {
        var heard = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using OneListener server = await Transport.Open(OneListener.Echo);
        IChannel channel = server.Listener.ServerChannel;
        channel.Pipeline.AddLast(new DrainListener(heard));

        await server.Listener.DrainAsync(Long).WaitAsync(Eventually.Guard);

        Assert.True(await heard.Task.WaitAsync(Eventually.Guard));
        Assert.False(channel.Open);
    }

    [Fact]
    public async Task Newcomers_are_turned_away_while_it_drains()
    {
        await using OneListener server = await Transport.Open(WorkThenAnswer);
        using Peer peer = await server.Connect();
        await peer.Send(1);
        await _begun.Task.WaitAsync(Eventually.Guard);

        Task draining = server.Listener.DrainAsync(Long);
        await ListeningSocketIsClosed(server.Listener);

        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(server.Connect);
        _proceed.SetResult();
        Assert.True(await peer.EndsInOrder());
        peer.Dispose();
        await draining.WaitAsync(Eventually.Guard);
    }

    [Fact]
    public async Task Quiet_connections_are_closed_one_after_the_other()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        Peer[] peers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.Connect()));
        foreach (Peer peer in peers)
        {
            Assert.True(await peer.IsServed());
        }

        // One in three minutes: the second of the twenty is not due while the test runs.
        Task draining = server.Listener.DrainAsync(TimeSpan.FromHours(1));
        Task<bool>[] ends = [.. peers.Select(peer => peer.EndsInOrder())];
        await Task.WhenAny(ends);
        _ = server.Listener.DrainAsync(TimeSpan.Zero);

        Assert.All(await Task.WhenAll(ends), Assert.True);
        Array.ForEach(peers, static peer => peer.Dispose());
        await draining.WaitAsync(Eventually.Guard);
        Assert.Equal("Drained 1, Stopped 19", server.Endings(20));
    }

    [Fact]
    public async Task At_the_deadline_a_busy_connection_is_closed_by_FIN()
    {
        await using OneListener server = await Transport.Open(WorkThenAnswer);
        using Peer peer = await server.Connect();
        await peer.Send(1);
        await _begun.Task.WaitAsync(Eventually.Guard);

        Task draining = server.Listener.DrainAsync(TimeSpan.FromMilliseconds(100));

        Assert.True(await peer.EndsInOrder());
        peer.Dispose();
        await draining.WaitAsync(Eventually.Guard);
        Assert.Equal("Drained 1", server.Endings(1));
    }

    [Fact]
    public async Task A_second_after_the_deadline_a_connection_that_does_not_end_is_reset()
    {
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            _begun.SetResult(session.Channel);
            await session.SendAsync(new byte[16_000_000], closed);
        });
        using Peer peer = await Peer.Connect(server.Listener, receiveBuffer: 4096);
        await _begun.Task.WaitAsync(Eventually.Guard);
        Eventually.Equal(true, () => server.Listener.Connections.Single().Statistics.SendPending > 0);

        await server.Listener.DrainAsync(TimeSpan.FromMilliseconds(10)).WaitAsync(Eventually.Guard);

        Assert.Equal((ListenerState.Closed, 0), (server.Listener.State, server.Listener.ConnectionCount));
        Assert.False(await peer.EndsInOrder());
        Assert.Equal("Drained 1", server.Endings(1));
    }

    [Fact]
    public async Task A_shorter_time_wins()
    {
        await using OneListener server = await Transport.Open(WorkThenAnswer);
        using Peer peer = await server.Connect();
        await peer.Send(1);
        await _begun.Task.WaitAsync(Eventually.Guard);
        Task draining = server.Listener.DrainAsync(Long);

        Task hastened = server.Listener.DrainAsync(TimeSpan.Zero);

        Assert.Same(draining, hastened);
        Assert.True(await peer.EndsInOrder());
        peer.Dispose();
        await draining.WaitAsync(Eventually.Guard);
        Assert.Equal("Stopped 1", server.Endings(1));
    }

    [Fact]
    public async Task A_longer_time_changes_nothing()
    {
        await using OneListener server = await Transport.Open(WorkThenAnswer);
        using Peer peer = await server.Connect();
        await peer.Send(1);
        await _begun.Task.WaitAsync(Eventually.Guard);

        Task draining = server.Listener.DrainAsync(TimeSpan.FromMilliseconds(50));
        _ = server.Listener.DrainAsync(Long);

        Assert.True(await peer.EndsInOrder());
        peer.Dispose();
        await draining.WaitAsync(Eventually.Guard);
    }

    [Fact]
    public async Task A_server_drains_all_its_listeners_and_may_be_hastened()
    {
        OneListener server = await Transport.Open(WorkThenAnswer);
        Listener second = await server.Server.OpenAsync(new ListenerOptions("second", "tcp://127.0.0.1:0"), OneListener.Echo);
        using Peer busy = await server.Connect();
        using Peer quiet = await Peer.Connect(second);
        await busy.Send(1);
        await _begun.Task.WaitAsync(Eventually.Guard);
        Assert.True(await quiet.IsServed());
        Task running = server.Server.RunAsync();

        Task stopping = server.Server.StopAsync(Long);
        Assert.True(await quiet.EndsInOrder());
        Assert.False(running.IsCompleted);
        Task hastened = server.Server.StopAsync(TimeSpan.Zero);

        await Task.WhenAll(stopping, hastened, running).WaitAsync(Eventually.Guard);
        Assert.Equal((ListenerState.Closed, ListenerState.Closed), (server.Listener.State, second.State));
    }

    [Fact]
    public async Task A_silent_connection_that_is_not_admitted_is_closed()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, OneListener.Tls);
        using Peer peer = await server.Connect();
        Eventually.Equal(1, () => server.Listener.ConnectionCount);

        Task draining = server.Listener.DrainAsync(Long);

        Assert.True(await peer.EndsInOrder());
        peer.Dispose();
        await draining.WaitAsync(Eventually.Guard);
        Assert.Equal("Drained 1", server.Endings(1));
    }

    [Fact]
    public async Task Packets_that_have_arrived_are_answered_before_a_session_ends()
    {
        await using OneListener server = await Transport.Open(WorkThenAnswer, options => options.Packet = PacketType.One);
        using Peer peer = await server.Connect();
        await peer.Send(1, 7, 1, 8, 1, 9);
        await _begun.Task.WaitAsync(Eventually.Guard);

        Task draining = server.Listener.DrainAsync(Long);
        await ListeningSocketIsClosed(server.Listener);
        _proceed.SetResult();

        Assert.Equal([1, 7, 1, 8, 1, 9], await peer.ReceiveToEnd());
        peer.Dispose();
        await draining.WaitAsync(Eventually.Guard);
    }

    [Fact]
    public async Task After_null_a_session_may_still_say_goodbye()
    {
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            await OneListener.Echo(session, closed);
            await session.SendAsync("bye"u8.ToArray(), closed);
        });
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());

        Task draining = server.Listener.DrainAsync(Long);

        Assert.Equal("bye"u8.ToArray(), await peer.ReceiveToEnd());
        peer.Dispose();
        await draining.WaitAsync(Eventually.Guard);
        Assert.Equal("Drained 1", server.Endings(1));
    }

    [Fact]
    public async Task A_time_below_zero_is_refused()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => server.Listener.DrainAsync(TimeSpan.FromTicks(-1)));
    }

    private static void Use(ListenerOptions options, string scheme)
    {
        if (scheme == "ssl")
        {
            OneListener.Tls(options);
        }
    }

    private static void BlockBoss(Listener listener, ManualResetEventSlim until)
    {
        using var blocked = new ManualResetEventSlim();
        listener.ServerChannel.EventLoop.Execute(() =>
        {
            blocked.Set();
            until.Wait(Eventually.Guard);
        });
        Assert.True(blocked.Wait(Eventually.Guard));
    }

    private static Task ListeningSocketIsClosed(Listener listener) => listener.ServerChannel.CloseCompletion.WaitAsync(Eventually.Guard);

    private async Task WorkThenAnswer(Session session, CancellationToken closed)
    {
        while (await session.ReceiveAsync(closed) is { } packet)
        {
            _begun.TrySetResult(session.Channel);
            await _proceed.Task;
            await session.SendAsync(packet, closed);
        }
    }

    private sealed class DrainListener(TaskCompletionSource<bool> heard) : ChannelHandlerAdapter
    {
        public override void UserEventTriggered(IChannelHandlerContext context, object evt)
        {
            if (evt is ListenerDraining)
            {
                heard.TrySetResult(context.Channel.Open);
            }

            context.FireUserEventTriggered(evt);
        }
    }

    /// <summary>Answers when it may, and says that it is at work until then.</summary>
    private sealed class LateHandler(TaskCompletionSource<IChannel> begun, Task proceed) : ChannelHandlerAdapter
    {
        public override async void ChannelRead(IChannelHandlerContext context, object message)
        {
            using ConnectionWork work = Connection.Of(context.Channel).BeginWork();
            begun.TrySetResult(context.Channel);
            await proceed;
            await context.WriteAndFlushAsync(message);
        }
    }

    private sealed class Teller(TaskCompletionSource<IChannel> told) : ChannelHandlerAdapter
    {
        public override void ChannelActive(IChannelHandlerContext context) => told.TrySetResult(context.Channel);
    }

    public sealed class OnEpoll : DrainTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : DrainTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
