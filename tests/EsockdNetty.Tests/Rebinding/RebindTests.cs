using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Accepting;
using EsockdNetty.Control;
using EsockdNetty.Rebinding;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EsockdNetty.Tests.Rebinding;

/// <summary>A listening socket that dies under its listener.</summary>
public abstract partial class RebindTests
{
    private const int GivenUp = 212;

    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task A_lost_listening_socket_is_bound_again_while_its_connections_live_on()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        using Peer living = await server.Connect();
        await living.Send(1);
        Assert.Equal([1], await living.Receive(1));
        IChannel before = server.Listener.ServerChannel;

        Lose(server.Listener);
        Eventually.Equal(1, () => server.Listener.Statistics.Rebinds);

        Assert.NotSame(before, server.Listener.ServerChannel);
        Assert.Equal(ListenerState.Running, server.Listener.State);
        using Peer newcomer = await server.Connect();
        await newcomer.Send(2);
        Assert.Equal([2], await newcomer.Receive(1));
        await living.Send(3);
        Assert.Equal([3], await living.Receive(1));
    }

    [Fact]
    public async Task Every_loss_gives_back_what_the_gates_hold()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options =>
        {
            options.Limits.MaxConnections = 1;
            options.Limits.OverLimit = OverLimit.Wait;
        });

        for (int loss = 1; loss <= 3; loss++)
        {
            Lose(server.Listener);
            int losses = loss;
            Eventually.Equal(losses, () => server.Listener.Statistics.Rebinds);
        }

        using Peer peer = await server.Connect();
        await peer.Send(1);
        Assert.Equal([1], await peer.Receive(1));
    }

    [Fact]
    public async Task A_listener_that_is_closed_right_after_the_loss_stays_closed()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        EndPoint address = server.Listener.Address.EndPoint;

        Lose(server.Listener);
        await server.Listener.CloseAsync().WaitAsync(Eventually.Guard);

        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(() => probe.ConnectAsync(address));
        Assert.Equal(ListenerState.Closed, server.Listener.State);
    }

    [Fact]
    public async Task It_gives_up_after_ten_tries_within_the_hour_and_says_why()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        IChannel lost = server.Listener.ServerChannel;
        await lost.CloseAsync().WaitAsync(Eventually.Guard);
        var time = new HandTime();
        var failed = new TaskCompletionSource<Exception>();
        int tries = 0;
        var listening = new ListeningChannel(lost, Bind, new ListenerCounters(), NullLogger.Instance, time);

        listening.Keep("door", failed.SetResult);
        Exception fault = await failed.Task.WaitAsync(Eventually.Guard);

        Assert.Equal(10, tries);
        Assert.Equal("door", Assert.IsType<ListenerFailedException>(fault).Listener);
        Assert.IsType<BindException>(fault.InnerException);
        await listening.Stop().WaitAsync(Eventually.Guard);

        Task<IChannel> Bind()
        {
            tries++;
            return InUse();
        }
    }

    [Fact]
    public async Task A_listener_that_failed_says_so_and_can_be_closed()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        IChannel lost = server.Listener.ServerChannel;
        await lost.CloseAsync().WaitAsync(Eventually.Guard);

        Listener listener = await MakeListener(lost);

        await Assert.ThrowsAsync<ListenerFailedException>(() => listener.Completion.WaitAsync(Eventually.Guard));
        Assert.Equal(ListenerState.Failed, listener.State);
        await listener.CloseAsync().WaitAsync(Eventually.Guard);
        Assert.Equal(ListenerState.Closed, listener.State);
    }

    [Fact]
    public async Task A_listener_that_failed_can_be_resumed_and_has_a_new_completion()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        IChannel lost = server.Listener.ServerChannel;
        await lost.CloseAsync().WaitAsync(Eventually.Guard);
        var again = new EmbeddedChannel();
        Listener listener = await MakeListener(lost, () =>
            ListeningChannels.Open(1, lost.LocalAddress, (_, _, _) => Task.FromResult<IChannel>(again), new ListenerCounters(), NullLogger.Instance, new HandTime()));
        await Assert.ThrowsAsync<ListenerFailedException>(() => listener.Completion.WaitAsync(Eventually.Guard));

        await listener.ResumeAsync().WaitAsync(Eventually.Guard);

        Assert.Equal(ListenerState.Running, listener.State);
        Assert.False(listener.Completion.IsCompleted);
        Assert.Same(again, listener.ServerChannel);
    }

    [Fact]
    public async Task A_listener_that_is_suspended_right_after_the_loss_stays_suspended_and_can_be_resumed()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        using Peer living = await server.Connect();
        Assert.True(await living.IsServed());

        Lose(server.Listener);
        await server.Listener.SuspendAsync().WaitAsync(Eventually.Guard);

        Assert.Equal(ListenerState.Suspended, server.Listener.State);
        await Assert.ThrowsAsync<SocketException>(server.Connect);
        await server.Listener.ResumeAsync().WaitAsync(Eventually.Guard);
        using Peer newcomer = await server.Connect();
        Assert.True(await living.IsServed() && await newcomer.IsServed());
    }

    [Fact]
    public async Task A_listener_that_is_drained_right_after_the_loss_lets_its_connections_end()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        using Peer living = await server.Connect();
        Assert.True(await living.IsServed());

        Lose(server.Listener);
        Task draining = server.Listener.DrainAsync(TimeSpan.FromMinutes(5));

        Assert.True(await living.EndsInOrder());
        living.Dispose();
        await draining.WaitAsync(Eventually.Guard);
        Assert.Equal((ListenerState.Closed, true), (server.Listener.State, server.Listener.Completion.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task One_that_gives_up_while_it_is_being_suspended_is_suspended()
    {
        Task suspended = Task.CompletedTask;
        Listener listener = await GiveUp(listener => suspended = listener.SuspendAsync());
        await suspended.WaitAsync(Eventually.Guard);

        Assert.Equal((ListenerState.Suspended, false), (listener.State, listener.Completion.IsCompleted));
        await listener.ResumeAsync().WaitAsync(Eventually.Guard);
        Assert.Equal(ListenerState.Running, listener.State);
    }

    [Fact]
    public async Task One_that_gives_up_while_it_drains_ends_as_if_nothing_had_happened()
    {
        Task drained = Task.CompletedTask;
        Listener listener = await GiveUp(listener => drained = listener.DrainAsync(TimeSpan.FromMinutes(5)));
        await drained.WaitAsync(Eventually.Guard);

        Assert.Equal((ListenerState.Closed, true), (listener.State, listener.Completion.IsCompletedSuccessfully));
    }

    // It has given up, and its listener has not been told yet.
    private async Task<Listener> GiveUp(Action<Listener> meanwhile)
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        IChannel lost = server.Listener.ServerChannel;
        await lost.CloseAsync().WaitAsync(Eventually.Guard);
        var made = new TaskCompletionSource<Listener>(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new ActingLogger(GivenUp, () =>
        {
            meanwhile(made.Task.Result);
            done.SetResult();
        });
        Listener listener = await MakeListener(
            lost,
            () => ListeningChannels.Open(1, lost.LocalAddress, static (_, _, _) => Task.FromResult<IChannel>(new EmbeddedChannel()), new ListenerCounters(), NullLogger.Instance, new HandTime()),
            log,
            async () =>
            {
                await made.Task;
                return await InUse();
            });

        made.SetResult(listener);
        await done.Task.WaitAsync(Eventually.Guard);
        return listener;
    }

    private static async Task<Listener> MakeListener(
        IChannel channel, Func<Task<ListeningChannels>>? again = null, ILogger? log = null, Func<Task<IChannel>>? bindAgain = null)
    {
        var options = new ListenerOptions("door", "tcp://127.0.0.1:0");
        var settings = new ListenerSettings(options.Name, options, null, new ConnectionHandlers(OneListener.Echo));
        var parts = new ListenerParts(settings, new ServerParts(new SocketServerOptions(), [new EmbeddedChannel().EventLoop], NullLogger.Instance), NullLogger.Instance, TimeProvider.System);
        IChannel? bound = channel;
        ListeningChannels listening = await ListeningChannels.Open(1, channel.LocalAddress, (_, _, _) => Bind(), parts.Counters, log ?? NullLogger.Instance, new HandTime());
        return new Listener(parts, new ListenerLife(parts, listening, again ?? (() => Task.FromResult(listening))), ListenAddress.Parse(options.Address));

        Task<IChannel> Bind() => Interlocked.Exchange(ref bound, null) is { } first ? Task.FromResult(first) : (bindAgain ?? InUse)();
    }

    private static Task<IChannel> InUse() => throw new BindException("door", "tcp://127.0.0.1:1", SocketError.AddressAlreadyInUse);

    // What accept(2) says from now on is EINVAL. Not by a Socket: its disposal would touch the number again, which may be somebody else's by then.
    private static void Lose(Listener listener) => Assert.Equal(0, Shutdown(((IDescriptorChannel)listener.ServerChannel).Descriptor, 2));

    [LibraryImport("libc", EntryPoint = "shutdown")]
    private static partial int Shutdown(int socket, int how);

    private sealed class ActingLogger(int id, Action act) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == id)
            {
                act();
            }
        }
    }

    public sealed class OnEpoll : RebindTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : RebindTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
