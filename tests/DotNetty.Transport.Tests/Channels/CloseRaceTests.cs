using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.Tests.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels;

/// <summary>Closing a channel that has no loop yet, or whose loop is ending, while another thread does something about it too.</summary>
public sealed class CloseRaceTests : LeakFreeTests, ICloseListener
{
    private readonly SingleThreadEventLoop _loop = new();
    private readonly ScriptedSocket _socket = new();
    private readonly Recorder _recorder = new();
    private readonly TcpSocketChannel _channel;
    private int _told;

    public CloseRaceTests() => _channel = NewChannel(_socket, _recorder);

    public override void Dispose()
    {
        _loop.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard).Wait(Within.Guard);
        base.Dispose();
    }

    void ICloseListener.OnClosed(IChannel channel) => Interlocked.Increment(ref _told);

    [Fact]
    public async Task A_registration_that_comes_into_the_middle_of_a_close_fails_and_nothing_is_told()
    {
        Task? registration = null;
        _socket.AddressAsked = () =>
        {
            registration ??= _loop.RegisterAsync(_channel);
            Turn();
        };

        Task closing = _channel.CloseAsync();

        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(registration!));
        await Within.Reached(closing);
        Assert.Empty(_recorder.Events);
        Assert.False(_channel.Registered);
        Assert.Equal((1, 1), (_told, _socket.CloseCalls));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_second_close_that_comes_into_the_middle_of_the_first_leaves_it_alone(bool forcibly)
    {
        Task write = _channel.WriteAsync(ScriptedChannel.Bytes("never sent"));
        bool second = false;
        _socket.AddressAsked = () =>
        {
            if (!second)
            {
                second = true;
                OnAnotherThread(() => Close(_channel, forcibly));
            }
        };

        Task closing = _channel.CloseAsync();

        await Within.Reached(closing);
        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(write));
        Assert.Equal((1, 1), (_told, _socket.CloseCalls));
    }

    [Fact]
    public async Task A_close_that_comes_into_the_middle_of_a_registration_runs_on_the_loop_after_it()
    {
        int closedOn = 0;
        int loopThread = await Within.Reached(_loop.SubmitAsync(static () => Environment.CurrentManagedThreadId));
        _socket.AddressAsked = () => closedOn = Environment.CurrentManagedThreadId;
        _recorder.OnActive = _ => OnAnotherThread(() => Close(_channel, forcibly: true));

        await Within.Reached(_loop.RegisterAsync(_channel));
        await Within.Reached(_channel.CloseCompletion);

        Assert.Equal(loopThread, closedOn);
        Assert.Equal(["Added", "Registered", "Active", "Inactive", "Unregistered", "Removed"], _recorder.Events);
    }

    [Fact]
    public async Task Of_a_registration_and_two_closes_at_once_one_life_comes_out_whole()
    {
        for (int round = 0; round < 200; round++)
        {
            var socket = new ScriptedSocket();
            var recorder = new Recorder();
            TcpSocketChannel channel = NewChannel(socket, recorder);
            using var start = new Barrier(3);

            Task<Task> registering = Start(() => _loop.RegisterAsync(channel));
            Task<Task> closing = Start(channel.CloseAsync);
            Task<Task> resetting = Start(() => Close(channel, forcibly: true));
            Exception? refused = await Record.ExceptionAsync(async () => await Within.Reached(await registering));
            await Within.Reached(Task.WhenAll(channel.CloseCompletion, await closing, await resetting));
            Turn();

            Assert.True(refused is null or ClosedChannelException, refused?.ToString());
            Assert.Equal(1, socket.CloseCalls);
            Assert.Equal(round + 1, _told);
            Assert.True(IsWholeLife(recorder.Events), string.Join(", ", recorder.Events));

            Task<Task> Start(Func<Task> action) => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return action();
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }
    }

    [Fact]
    public async Task Closes_at_the_very_end_of_a_loop_close_once()
    {
        for (int round = 0; round < 100; round++)
        {
            var loop = new SingleThreadEventLoop();
            var socket = new ScriptedSocket();
            TcpSocketChannel channel = NewChannel(socket, new Recorder());
            Task registering = loop.RegisterAsync(channel);
            Task ending = loop.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard);

            await Within.Reached(Task.WhenAll(Task.Run(() => Close(channel, forcibly: true)), Task.Run(() => Close(channel, forcibly: true))));
            await Within.Reached(Task.WhenAll(ending, channel.CloseCompletion));
            _ = await Record.ExceptionAsync(() => Within.Reached(registering));

            Assert.Equal((1, round + 1), (socket.CloseCalls, _told));
        }
    }

    private static Task Close(TcpSocketChannel channel, bool forcibly)
    {
        if (!forcibly)
        {
            return channel.CloseAsync();
        }

        channel.Unsafe.CloseForcibly();
        return Task.CompletedTask;
    }

    // Registered and told of its end, or never told of anything.
    private static bool IsWholeLife(string[] events) =>
        events is [] or ["Added", "Registered", .., "Unregistered", "Removed"]
        && events.Count(static name => name == "Active") == events.Count(static name => name == "Inactive");

    private static void OnAnotherThread(Action action) =>
        Assert.True(Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Wait(Within.Guard));

    private TcpSocketChannel NewChannel(ScriptedSocket socket, Recorder recorder)
    {
        var channel = new TcpSocketChannel(null, socket, null, connected: true) { CloseListener = this };
        channel.Configuration.AutoRead = false;
        channel.Pipeline.AddLast(recorder);
        return channel;
    }

    private void Turn() => Assert.True(_loop.SubmitAsync(static () => 0).Wait(Within.Guard));
}
