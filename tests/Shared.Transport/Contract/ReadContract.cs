using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.TestSupport.Contract;

/// <summary>Reads: one for each that was asked for, none while nobody asks, and a loop that rests meanwhile.</summary>
public abstract class ReadContract<TTransport> : ContractTests<TTransport>
    where TTransport : ITransportUnderTest, new()
{
    // A loop that spins turns many thousand times meanwhile.
    private const int MostTurns = 30;

    [Theory]
    [InlineData(100)]
    [InlineData(60_000)]
    [InlineData(3_000_000)]
    public async Task Every_byte_arrives_once_and_in_order(int size)
    {
        using var received = new MemoryStream();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await ListenAsync(handlers: () => [new Lambda { OnRead = (_, message) => Take(message) }]);
        (Socket peer, _) = await ConnectAsync();
        byte[] bytes = Payload.Bytes(size);

        await peer.SendBytesAsync(bytes);
        await Within.Reached(all.Task);

        Assert.Equal(bytes, received.ToArray());

        void Take(object message)
        {
            var buffer = (IByteBuffer)message;
            buffer.ReadBytes(received, buffer.ReadableBytes);
            buffer.Release();
            if (received.Length == size)
            {
                all.TrySetResult();
            }
        }
    }

    [Fact]
    public async Task Without_automatic_reading_each_read_asked_for_gives_one_round()
    {
        await ListenAsync(NoAutoRead);
        var round = new SemaphoreSlim(0);
        Accepted.OnReadComplete = _ => round.Release();
        (Socket peer, IChannel channel) = await ConnectAsync();

        await peer.SendTextAsync("first");
        await TurnsWhileWaitingAsync(channel);
        string[] unasked = Accepted.Take();
        channel.Read();
        await Within.Reached(round.WaitAsync());
        await peer.SendTextAsync("second");
        await TurnsWhileWaitingAsync(channel);
        string[] once = Accepted.Take();
        channel.Read();
        await Within.Reached(round.WaitAsync());

        Assert.Equal(["Added", "Registered", "Active"], unasked);
        Assert.Equal(["Read first", "ReadComplete"], once);
        Assert.Equal(["Read second", "ReadComplete"], Accepted.Events);
    }

    [Fact]
    public async Task A_paused_channel_with_bytes_and_an_end_waiting_reads_nothing_and_its_loop_rests()
    {
        await ListenAsync(NoAutoRead);
        (Socket peer, IChannel channel) = await ConnectAsync();

        await peer.SendTextAsync("unread");
        peer.Shutdown(SocketShutdown.Send);
        long turns = await TurnsWhileWaitingAsync(channel);

        Assert.InRange(turns, 0, MostTurns);
        Assert.Equal(["Added", "Registered", "Active"], Accepted.Events);
        Assert.True(channel.Active);
    }

    [Fact]
    public async Task A_channel_paused_after_it_had_been_reading_rests_too()
    {
        var paused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Accepted.OnRead = (context, message) =>
        {
            ((IByteBuffer)message).Release();
            context.Channel.Configuration.AutoRead = false;
        };
        Accepted.OnReadComplete = _ => paused.TrySetResult();
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();

        await peer.SendTextAsync("first");
        await Within.Reached(paused.Task);
        await peer.SendTextAsync("second");
        long turns = await TurnsWhileWaitingAsync(channel);
        int readsWhilePaused = Accepted.Events.Count(IsRead);
        Accepted.OnRead = null;
        channel.Configuration.AutoRead = true;
        peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(channel.CloseCompletion);

        Assert.InRange(turns, 0, MostTurns);
        Assert.Equal(1, readsWhilePaused);
        Assert.Contains("Read second", Accepted.Events);
    }

    [Fact]
    public async Task A_stage_that_withholds_the_read_pauses_and_the_one_it_passes_on_resumes()
    {
        var stage = new Withholds();
        await ListenAsync(handlers: () => [stage]);
        (Socket peer, IChannel channel) = await ConnectAsync();

        await peer.SendTextAsync("hello");
        long turns = await TurnsWhileWaitingAsync(channel);
        string[] paused = Accepted.Take();
        await OnLoopAsync(channel, stage.PassOn);
        peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(Accepted.Ended.Task);

        Assert.InRange(turns, 0, MostTurns);
        Assert.DoesNotContain(paused, IsRead);
        Assert.Contains("Read hello", Accepted.Events);
    }

    [Fact]
    public async Task A_channel_that_waits_for_bytes_lets_its_loop_rest()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();

        long turns = await TurnsWhileWaitingAsync(channel);

        Assert.InRange(turns, 0, MostTurns);
    }

    [Fact]
    public async Task After_the_end_of_input_the_loop_rests_and_a_read_does_nothing()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Accepted.OnUserEvent = (_, _) => ended.TrySetResult();
        await ListenAsync(static bootstrap => bootstrap.ChildOption(ChannelOption.AllowHalfClosure, true));
        (Socket peer, IChannel channel) = await ConnectAsync();

        peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(ended.Task);
        channel.Read();
        long turns = await TurnsWhileWaitingAsync(channel);

        Assert.InRange(turns, 0, MostTurns);
        Assert.Equal(["Added", "Registered", "Active", "Event ChannelInputShutdownEvent"], Accepted.Events);
        Assert.True(channel.Active);
    }

    [Fact]
    public async Task A_channel_whose_peer_does_not_read_waits_for_it_without_turning()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();

        Task write = channel.WriteAndFlushAsync(Payload.Of(16_000_000));
        long turns = await TurnsWhileWaitingAsync(channel);
        turns = await TurnsWhileWaitingAsync(channel);
        bool waiting = !write.IsCompleted;
        peer.Dispose();
        await Within.Reached(channel.CloseCompletion);

        Assert.True(waiting);
        Assert.InRange(turns, 0, MostTurns);
        await Assert.ThrowsAnyAsync<IOException>(() => Within.Reached(write));
    }

    [Fact]
    public async Task A_server_channel_that_does_not_read_accepts_nothing_and_rests()
    {
        var server = new Recorder { OnRead = static (context, child) => context.FireChannelRead(child) };
        await ListenAsync(bootstrap => bootstrap.Handler(server).Option(ChannelOption.AutoRead, false));
        await ConnectPeerAsync();

        long turns = await TurnsWhileWaitingAsync(Listener);
        int unasked = server.Events.Count(IsRead);
        Listener.Read();
        IChannel accepted = await AcceptedAsync();

        Assert.InRange(turns, 0, MostTurns);
        Assert.Equal(0, unasked);
        Assert.NotNull(accepted);
    }

    [Fact]
    public async Task A_receive_allocator_of_the_applications_is_asked()
    {
        const int Size = 10;
        await ListenAsync(static bootstrap => bootstrap.ChildOption(ChannelOption.RcvbufAllocator, new FixedRecvByteBufAllocator(Size)));
        var messages = new List<int>();
        Accepted.OnRead = (_, message) =>
        {
            messages.Add(((IByteBuffer)message).ReadableBytes);
            ((IByteBuffer)message).Release();
        };
        (Socket peer, IChannel channel) = await ConnectAsync();

        await peer.SendTextAsync(new string('x', 95));
        peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(channel.CloseCompletion);

        Assert.Equal(95, messages.Sum());
        Assert.All(messages, static size => Assert.InRange(size, 1, Size));
    }

    private static void NoAutoRead(Bootstrapping.ServerBootstrap bootstrap) => bootstrap.ChildOption(ChannelOption.AutoRead, false);

    private static bool IsRead(string name) => name.StartsWith("Read ", StringComparison.Ordinal);

    private sealed class Withholds : ChannelHandlerAdapter
    {
        private IChannelHandlerContext? _asked;
        private bool _open;

        public void PassOn()
        {
            _open = true;
            _asked?.Read();
        }

        public override void Read(IChannelHandlerContext context)
        {
            _asked = context;
            if (_open)
            {
                context.Read();
            }
        }
    }
}
