using System.Net.Sockets;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.TestSupport.Contract;

/// <summary>The order of a life, of server channels, of the connections they accept, and of clients.</summary>
public abstract class LifeCycleContract<TTransport> : ContractTests<TTransport>
    where TTransport : ITransportUnderTest, new()
{
    [Fact]
    public async Task An_accepted_connection_tells_its_life_in_order()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();

        await peer.SendTextAsync("hello");
        peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(channel.CloseCompletion);

        Assert.Equal(
            ["Added", "Registered", "Active", "Read hello", "ReadComplete", "Inactive", "Unregistered", "Removed"],
            Accepted.Events);
    }

    [Fact]
    public async Task A_client_tells_its_life_in_order()
    {
        await ListenAsync(handlers: static () => [new Lambda { OnRead = static (context, message) => context.WriteAndFlushAsync(message) }]);
        IChannel client = await NewClientAsync();
        var replied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Client.OnReadComplete = _ => replied.TrySetResult();

        await Within.Reached(client.ConnectAsync(Listener.LocalAddress));
        await Within.Reached(client.WriteAndFlushAsync(Payload.Of("hello")));
        await Within.Reached(replied.Task);
        await Within.Reached(client.CloseAsync());

        Assert.Equal(
            ["Added", "Registered", "Active", "Read hello", "ReadComplete", "Inactive", "Unregistered", "Removed"],
            Client.Events);
    }

    [Fact]
    public async Task A_server_channel_tells_its_life_in_order_and_its_connections_as_messages()
    {
        var server = new Recorder { OnRead = static (context, child) => context.FireChannelRead(child) };
        await ListenAsync(bootstrap => bootstrap.Handler(server));
        await ConnectAsync();

        await Within.Reached(Listener.CloseAsync());

        string[] events = [.. server.Events.Select(static name => name.Split(' ')[0])];
        Assert.Equal(["Added", "Registered", "Active", "Read", "ReadComplete", "Inactive", "Unregistered", "Removed"], events);
    }

    [Fact]
    public async Task A_connection_outlives_its_server_channel()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();

        await Within.Reached(Listener.CloseAsync());
        await Within.Reached(channel.WriteAndFlushAsync(Payload.Of("still here")));

        Assert.Equal("still here", await peer.ReceiveTextAsync(10));
        Assert.Same(Listener, channel.Parent);
        Assert.False(Listener.Open);
    }

    [Fact]
    public async Task Is_what_its_state_says_at_every_step()
    {
        await ListenAsync();
        IChannel client = Transport.NewClient();
        client.Pipeline.AddLast(Client);
        List<(bool Open, bool Registered, bool Active)> states = [State(client)];

        await Within.Reached(Group.RegisterAsync(client));
        states.Add(State(client));
        await Within.Reached(client.ConnectAsync(Listener.LocalAddress));
        states.Add(State(client));
        await Within.Reached(client.CloseAsync());
        states.Add(State(client));

        Assert.Equal([(true, false, false), (true, true, false), (true, true, true), (false, false, false)], states);

        static (bool Open, bool Registered, bool Active) State(IChannel channel) => (channel.Open, channel.Registered, channel.Active);
    }

    [Fact]
    public async Task The_close_completes_after_the_last_event_on_the_loop()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();
        string[] before = [];
        Task observed = channel.CloseCompletion.ContinueWith(_ => before = Accepted.Events, TaskContinuationOptions.ExecuteSynchronously);

        await Within.Reached(channel.CloseAsync());
        await Within.Reached(observed);

        Assert.Equal("Removed", before[^1]);
    }

    [Fact]
    public async Task Connections_that_come_and_go_in_every_way_are_told_of_once_each()
    {
        const int Connections = 60;
        var closed = new CloseCounter();
        await ListenAsync(bootstrap => bootstrap.Handler(new Lambda
        {
            OnRead = (context, child) =>
            {
                ((AbstractChannel)child).CloseListener = closed;
                context.FireChannelRead(child);
            },
        }));

        for (int i = 0; i < Connections; i++)
        {
            Socket peer = await ConnectPeerAsync();
            IChannel channel = await AcceptedAsync();
            switch (i % 4)
            {
                case 0:
                    peer.Reset();
                    break;
                case 1:
                    peer.Dispose();
                    break;
                case 2:
                    channel.Unsafe.CloseForcibly();
                    break;
                default:
                    _ = channel.CloseAsync();
                    break;
            }

            await Within.Reached(channel.CloseCompletion);
        }

        Assert.Equal(Connections, closed.Told);
    }
}
