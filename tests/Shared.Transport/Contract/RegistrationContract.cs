using System.Net.Sockets;
using DotNetty.Transport.Channels;
using RejectedExecutionException = DotNetty.Common.Concurrency.RejectedExecutionException;

namespace DotNetty.Transport.TestSupport.Contract;

/// <summary>Getting a loop, losing it, and loops that end.</summary>
public abstract class RegistrationContract<TTransport> : ContractTests<TTransport>
    where TTransport : ITransportUnderTest, new()
{
    [Fact]
    public async Task A_channel_has_one_loop_for_life()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();
        IEventLoop other = Group.Items.First(loop => loop != channel.EventLoop);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Within.Reached(other.RegisterAsync(channel)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Within.Reached(channel.EventLoop.RegisterAsync(channel)));

        Assert.True(channel.Active);
    }

    [Fact]
    public async Task A_channel_whose_loop_has_ended_fails_to_register_and_is_closed_to_the_end()
    {
        IEventLoopGroup ended = Transport.NewGroup(1);
        await Within.Reached(ended.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
        var closed = new CloseCounter();
        IChannel client = Transport.NewClient();
        ((AbstractChannel)client).CloseListener = closed;
        client.Pipeline.AddLast(Client);

        await Assert.ThrowsAsync<RejectedExecutionException>(() => Within.Reached(ended.RegisterAsync(client)));
        await Within.Reached(client.CloseCompletion);

        Assert.False(client.Open);
        Assert.Equal(1, closed.Told);
        Assert.Empty(Client.Events);
    }

    [Fact]
    public async Task A_channel_closed_before_it_is_registered_cannot_be()
    {
        IChannel client = Transport.NewClient();
        client.Pipeline.AddLast(Client);
        await Within.Reached(client.CloseAsync());

        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(Group.RegisterAsync(client)));

        Assert.Empty(Client.Events);
    }

    [Fact]
    public async Task An_accepted_connection_whose_initialiser_throws_is_closed_and_the_next_is_served()
    {
        int children = 0;
        await ListenAsync(handlers: () => children++ == 0 ? throw new InvalidOperationException("on purpose") : []);
        Socket first = await ConnectPeerAsync();

        // How it ends, by FIN or by reset, is not the contract's: that it does, is.
        _ = await Record.ExceptionAsync(first.ReceiveToEndAsync);
        (Socket peer, IChannel channel) = await ConnectAsync();
        await Within.Reached(channel.WriteAndFlushAsync(Payload.Of("served")));

        Assert.Equal("served", await peer.ReceiveTextAsync(6));
    }

    [Fact]
    public async Task A_channel_that_nobody_registers_can_be_closed_in_either_way()
    {
        var closed = new CloseCounter();
        IChannel[] channels = [Transport.NewClient(), Transport.NewClient(), Transport.NewServer(), Transport.NewServer()];
        foreach (IChannel channel in channels)
        {
            ((AbstractChannel)channel).CloseListener = closed;
        }

        await Within.Reached(channels[0].CloseAsync());
        channels[1].Unsafe.CloseForcibly();
        await Within.Reached(channels[2].CloseAsync());
        channels[3].Unsafe.CloseForcibly();

        await Within.Reached(Task.WhenAll(channels.Select(static channel => channel.CloseCompletion)));
        Assert.Equal(channels.Length, closed.Told);
        Assert.All(channels, static channel => Assert.False(channel.Open));
    }

    [Fact]
    public async Task A_deregistered_channel_is_told_and_its_close_still_completes()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();

        await Within.Reached(channel.DeregisterAsync());
        await TurnAsync(channel);
        bool registered = channel.Registered;
        await Within.Reached(channel.CloseAsync());

        Assert.False(registered);
        Assert.Equal(["Added", "Registered", "Active", "Unregistered", "Inactive", "Removed"], Accepted.Events);
        Assert.Empty(await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task A_deregistered_channel_may_be_given_to_its_loop_again_and_goes_on()
    {
        await ListenAsync();
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Accepted.OnReadComplete = _ => read.TrySetResult();
        (Socket peer, IChannel channel) = await ConnectAsync();
        await Within.Reached(channel.DeregisterAsync());
        await TurnAsync(channel);

        await Within.Reached(channel.EventLoop.RegisterAsync(channel));
        await peer.SendTextAsync("hello");
        await Within.Reached(read.Task);
        await Within.Reached(channel.WriteAndFlushAsync(Payload.Of("reply")));

        Assert.Equal("reply", await peer.ReceiveTextAsync(5));
        Assert.Equal(["Added", "Registered", "Active", "Unregistered", "Registered", "Read hello", "ReadComplete"], Accepted.Events);
    }

    [Fact]
    public async Task A_deregistered_channel_reads_nothing_and_its_loop_rests()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();
        await Within.Reached(channel.DeregisterAsync());
        await TurnAsync(channel);
        Accepted.Take();

        await peer.SendTextAsync("hello");
        long turns = await TurnsWhileWaitingAsync(channel);

        Assert.InRange(turns, 0, 30);
        Assert.Empty(Accepted.Events);
    }

    [Fact]
    public async Task The_end_of_the_loops_ends_every_channel_in_order()
    {
        var server = new Recorder { OnRead = static (context, child) => context.FireChannelRead(child) };
        await ListenAsync(bootstrap => bootstrap.Handler(server));
        var connections = new List<(Socket Peer, IChannel Channel)>();
        for (int i = 0; i < 5; i++)
        {
            connections.Add(await ConnectAsync());
        }

        await Within.Reached(Group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

        Assert.All(connections, static connection => Assert.True(connection.Channel.CloseCompletion.IsCompletedSuccessfully));
        Assert.True(Listener.CloseCompletion.IsCompletedSuccessfully);
        AssertWholeLife(Accepted);
        Assert.Equal(["Inactive", "Unregistered", "Removed"], server.Events[^3..]);
        foreach ((Socket peer, _) in connections)
        {
            Assert.Empty(await peer.ReceiveToEndAsync());
        }
    }

    [Fact]
    public async Task The_end_of_the_loops_fails_what_a_slow_reader_left()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();
        Task flushed = channel.WriteAndFlushAsync(Payload.Of(16_000_000));
        Task unflushed = channel.WriteAsync(Payload.Of("unflushed"));

        await Within.Reached(Group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(flushed));
        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(unflushed));
        Assert.True(channel.CloseCompletion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task What_is_asked_of_a_channel_after_the_end_of_its_loop_is_answered()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();
        await Within.Reached(Group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

        await Within.Reached(channel.CloseAsync());
        Task write = channel.WriteAndFlushAsync(Payload.Of("late"));
        channel.Unsafe.CloseForcibly();
        channel.Read();

        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(write));
    }
}
