using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.TestSupport.Contract;

/// <summary>Binds that succeed and binds that fail.</summary>
public abstract class BindContract<TTransport> : ContractTests<TTransport>
    where TTransport : ITransportUnderTest, new()
{
    private readonly Recorder _server = new() { OnRead = static (context, child) => context.FireChannelRead(child) };

    [Fact]
    public async Task A_bound_server_channel_knows_where_and_is_active()
    {
        await ListenAsync();

        Assert.True(Listener.Active);
        Assert.Equal(Transport.Family, Listener.LocalAddress.AddressFamily);
        Assert.NotEqual(0, (Listener.LocalAddress as IPEndPoint)?.Port ?? -1);
        Assert.Null(Listener.RemoteAddress);
    }

    [Fact]
    public async Task An_address_in_use_fails_the_bind_and_leaves_nothing_open()
    {
        Socket first = NewPeer();
        first.Bind(NewAddress());
        first.Listen();
        var closed = new CloseCounter();
        IChannel? made = null;

        Task<IChannel> binding = NewServerBootstrap()
            .ChannelFactory(() => (IServerChannel)(made = Transport.NewServer()))
            .Handler(_server)
            .BindAsync(first.LocalEndPoint!);

        SocketException fault = await Assert.ThrowsAnyAsync<SocketException>(() => Within.Reached(binding));
        await Within.Reached(made!.CloseCompletion);
        ((AbstractChannel)made).CloseListener = closed;
        Assert.Equal(SocketError.AddressAlreadyInUse, fault.SocketErrorCode);
        Assert.Equal(["Added", "Registered", "Unregistered", "Removed"], _server.Events);
        Assert.Equal(1, closed.Told);
    }

    [Fact]
    public async Task An_address_that_is_not_ours_fails_the_bind()
    {
        EndPoint foreign = Transport.Family switch
        {
            AddressFamily.InterNetwork => new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0),
            AddressFamily.InterNetworkV6 => new IPEndPoint(IPAddress.Parse("2001:db8::1"), 0),
            _ => new UnixDomainSocketEndPoint("/no/such/folder/x.sock"),
        };

        Task<IChannel> binding = NewServerBootstrap().Handler(_server).BindAsync(foreign);

        await Assert.ThrowsAnyAsync<SocketException>(() => Within.Reached(binding));
        Assert.DoesNotContain("Active", _server.Events);
    }

    [Fact]
    public async Task A_second_bind_fails_and_leaves_the_first_alone()
    {
        await ListenAsync();

        Task again = Listener.BindAsync(NewAddress());

        await Assert.ThrowsAnyAsync<Exception>(() => Within.Reached(again));
        (Socket peer, IChannel channel) = await ConnectAsync();
        await Within.Reached(channel.WriteAndFlushAsync(Payload.Of("served")));
        Assert.Equal("served", await peer.ReceiveTextAsync(6));
    }

    [Fact]
    public async Task A_bind_after_the_close_fails()
    {
        IServerChannel server = Transport.NewServer();
        await Within.Reached(Group.RegisterAsync(server));
        await Within.Reached(server.CloseAsync());

        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(server.BindAsync(NewAddress())));
    }

    [Fact]
    public async Task An_address_is_free_again_once_its_server_channel_is_closed()
    {
        await ListenAsync();
        EndPoint address = Listener.LocalAddress;
        await Within.Reached(Listener.CloseAsync());
        if (address is UnixDomainSocketEndPoint path)
        {
            File.Delete(path.ToString());
        }

        Task<IChannel> again = NewServerBootstrap().BindAsync(address);

        Assert.Equal(address, (await Within.Reached(again)).LocalAddress);
    }

    [Fact]
    public async Task A_client_bound_first_connects_from_there()
    {
        if (Transport.Family == AddressFamily.Unix)
        {
            return;
        }

        await ListenAsync();
        IChannel client = await NewClientAsync();

        await Within.Reached(client.BindAsync(NewAddress()));
        EndPoint bound = client.LocalAddress;
        await Within.Reached(client.ConnectAsync(Listener.LocalAddress));
        IChannel accepted = await AcceptedAsync();

        Assert.Equal(((IPEndPoint)bound).Port, ((IPEndPoint)accepted.RemoteAddress).Port);
        await Within.Reached(client.CloseAsync());
    }

    [Fact]
    public async Task A_server_channel_neither_connects_nor_sends()
    {
        await ListenAsync();

        await Assert.ThrowsAsync<NotSupportedException>(() => Within.Reached(Listener.ConnectAsync(NewAddress())));
        await Assert.ThrowsAsync<NotSupportedException>(() => Within.Reached(Listener.WriteAndFlushAsync(Payload.Of("text"))));

        Assert.True(Listener.Active);
    }
}
