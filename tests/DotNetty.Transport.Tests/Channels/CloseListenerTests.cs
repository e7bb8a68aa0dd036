using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.Tests.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels;

public sealed class CloseListenerTests
{
    private readonly Counts _listener = new();

    [Fact]
    public void Is_told_once_when_the_descriptor_is_closed_and_before_the_end_is_complete()
    {
        using ScriptedChannel channel = new ScriptedChannel().Started();
        channel.Channel.CloseListener = _listener;
        _listener.OnTold = () => Assert.True(channel.Socket.Closed && !channel.Channel.CloseCompletion.IsCompleted);

        channel.Channel.CloseAsync();
        channel.Channel.Unsafe.CloseForcibly();
        channel.Run();

        Assert.Equal(1, _listener.Told);
    }

    [Fact]
    public void Is_told_of_a_channel_that_was_refused_before_it_was_registered()
    {
        TcpSocketChannel forcibly = Unregistered();
        forcibly.Unsafe.CloseForcibly();
        TcpSocketChannel inOrder = Unregistered();
        inOrder.CloseAsync();

        Assert.Equal(2, _listener.Told);
    }

    [Fact]
    public void Is_told_of_a_channel_whose_registration_failed()
    {
        using var channel = new ScriptedChannel();
        channel.Channel.CloseListener = _listener;
        channel.Socket.AttachFault = new InvalidOperationException("on purpose");

        Task registration = channel.Register();

        Assert.Equal("on purpose", registration.Exception!.InnerException!.Message);
        Assert.Equal(1, _listener.Told);
        Assert.True(channel.Channel.CloseCompletion.IsCompletedSuccessfully);
        Assert.True(channel.Socket.Closed);
    }

    [Fact]
    public async Task Is_told_of_a_channel_whose_loop_had_ended()
    {
        var loop = new SingleThreadEventLoop();
        await Within.Reached(loop.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
        TcpSocketChannel channel = Unregistered();

        Task registration = loop.RegisterAsync(channel);

        await Assert.ThrowsAsync<DotNetty.Common.Concurrency.RejectedExecutionException>(() => Within.Reached(registration));
        Assert.Equal(1, _listener.Told);
        Assert.True(channel.CloseCompletion.IsCompletedSuccessfully);
        Assert.True(channel.CloseAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Is_told_of_every_channel_that_races_with_the_end_of_its_loop()
    {
        for (int round = 0; round < 30; round++)
        {
            var listener = new Counts();
            var loop = new SingleThreadEventLoop();
            TcpSocketChannel[] channels = [.. Enumerable.Range(0, 20).Select(_ => Unregistered(listener))];
            Task registering = Task.Run(() => Array.ForEach(channels, channel => _ = loop.RegisterAsync(channel)));

            await Within.Reached(loop.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
            await Within.Reached(registering);
            await Within.Reached(Task.WhenAll(channels.Select(static channel => channel.CloseCompletion)));

            Assert.Equal(channels.Length, listener.Told);
        }
    }

    [Fact]
    public void Is_told_of_a_channel_whose_initialiser_threw()
    {
        using var channel = new ScriptedChannel(new ActionChannelInitializer<IChannel>(_ => throw new InvalidOperationException("on purpose")));
        channel.Channel.CloseListener = _listener;

        channel.Register();

        Assert.Equal(1, _listener.Told);
    }

    [Fact]
    public void Is_told_of_a_channel_that_was_reset()
    {
        using ScriptedChannel channel = new ScriptedChannel().Started();
        channel.Channel.CloseListener = _listener;

        channel.Socket.ArrivesError(System.Net.Sockets.SocketError.ConnectionReset);
        channel.Run();

        Assert.Equal(1, _listener.Told);
    }

    [Fact]
    public void Is_told_of_a_connect_that_failed()
    {
        using ScriptedChannel channel = new ScriptedChannel(connected: false).Started();
        channel.Channel.CloseListener = _listener;

        channel.Channel.ConnectAsync(new System.Net.IPEndPoint(1, 1));
        channel.Socket.Connects(System.Net.Sockets.SocketError.ConnectionRefused);
        channel.Run();

        Assert.Equal(1, _listener.Told);
    }

    [Fact]
    public void Comes_it_late_it_is_told_at_once()
    {
        using ScriptedChannel channel = new ScriptedChannel().Started();
        channel.Channel.CloseAsync();
        channel.Run();

        channel.Channel.CloseListener = _listener;

        Assert.Equal(1, _listener.Told);
        Assert.Same(_listener, channel.Channel.CloseListener);
    }

    [Fact]
    public void One_that_fails_does_not_keep_the_channel_from_its_end()
    {
        using ScriptedChannel channel = new ScriptedChannel().Started();
        channel.Channel.CloseListener = _listener;
        _listener.OnTold = () => throw new InvalidOperationException("on purpose");

        channel.Channel.CloseAsync();
        channel.Run();

        Assert.Equal(["Inactive", "Unregistered", "Removed"], channel.Recorder.Events);
        Assert.True(channel.Channel.CloseCompletion.IsCompletedSuccessfully);
    }

    private TcpSocketChannel Unregistered() => Unregistered(_listener);

    private static TcpSocketChannel Unregistered(Counts listener)
    {
        var channel = new TcpSocketChannel(null, new ScriptedSocket(), null, connected: true) { CloseListener = listener };
        channel.Configuration.AutoRead = false;
        return channel;
    }

    private sealed class Counts : ICloseListener
    {
        private int _told;

        public int Told => _told;

        public Action? OnTold { get; set; }

        public void OnClosed(IChannel channel)
        {
            Interlocked.Increment(ref _told);
            OnTold?.Invoke();
        }
    }
}
