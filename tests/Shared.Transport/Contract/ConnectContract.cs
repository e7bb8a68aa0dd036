using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.TestSupport.Contract;

/// <summary>Connects that succeed, are refused, take too long or are given up.</summary>
public abstract class ConnectContract<TTransport> : ContractTests<TTransport>
    where TTransport : ITransportUnderTest, new()
{
    [Fact]
    public async Task A_connect_that_succeeds_completes_before_activity_is_told_to_those_who_wait()
    {
        await ListenAsync();
        IChannel client = await NewClientAsync();

        await Within.Reached(client.ConnectAsync(Listener.LocalAddress));
        await TurnAsync(client);

        Assert.True(client.Active);
        Assert.Equal(["Added", "Registered", "Active"], Client.Events);
        await Within.Reached(client.CloseAsync());
    }

    [Fact]
    public async Task A_connect_that_is_refused_fails_and_closes_a_channel_that_was_never_active()
    {
        Socket silent = NewPeer();
        silent.Bind(NewAddress());
        IChannel client = await NewClientAsync();

        Task connecting = client.ConnectAsync(silent.LocalEndPoint);

        ConnectException fault = await Assert.ThrowsAsync<ConnectException>(() => Within.Reached(connecting));
        await Within.Reached(client.CloseCompletion);
        Assert.Equal(SocketError.ConnectionRefused, ((SocketException)fault.InnerException!).SocketErrorCode);
        Assert.Equal(["Added", "Registered", "Unregistered", "Removed"], Client.Events);
    }

    [Fact]
    public async Task A_connect_that_nobody_answers_fails_at_its_timeout()
    {
        if (Transport.Family == AddressFamily.Unix)
        {
            // There a connect never waits for anybody.
            return;
        }

        EndPoint full = await FullBacklogAsync();
        IChannel client = await NewClientAsync();
        client.Configuration.ConnectTimeout = TimeSpan.FromMilliseconds(50);

        Task connecting = client.ConnectAsync(full);

        await Assert.ThrowsAsync<ConnectTimeoutException>(() => Within.Reached(connecting));
        await Within.Reached(client.CloseCompletion);
        Assert.DoesNotContain("Active", Client.Events);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_close_gives_a_connect_up_that_is_under_way(bool forcibly)
    {
        if (Transport.Family == AddressFamily.Unix)
        {
            return;
        }

        EndPoint full = await FullBacklogAsync();
        IChannel client = await NewClientAsync();
        Task connecting = client.ConnectAsync(full);
        Task second = client.ConnectAsync(full);

        if (forcibly)
        {
            client.Unsafe.CloseForcibly();
        }
        else
        {
            _ = client.CloseAsync();
        }

        await Within.Reached(client.CloseCompletion);
        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(connecting));
        await Assert.ThrowsAsync<ConnectionPendingException>(() => Within.Reached(second));
        Assert.Equal(["Added", "Registered", "Unregistered", "Removed"], Client.Events);
    }

    [Fact]
    public async Task A_second_connect_of_a_connected_channel_fails_and_leaves_the_first_alone()
    {
        await ListenAsync();
        IChannel client = await NewClientAsync();
        await Within.Reached(client.ConnectAsync(Listener.LocalAddress));

        Task again = client.ConnectAsync(Listener.LocalAddress);

        await Assert.ThrowsAsync<AlreadyConnectedException>(() => Within.Reached(again));
        Assert.True(client.Active);
        await Within.Reached(client.CloseAsync());
    }

    [Fact]
    public async Task A_connect_after_the_close_fails()
    {
        await ListenAsync();
        IChannel client = await NewClientAsync();
        await Within.Reached(client.CloseAsync());

        Task connecting = client.ConnectAsync(Listener.LocalAddress);

        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(connecting));
    }

    [Fact]
    public async Task A_connect_to_an_address_of_another_kind_fails_and_closes()
    {
        IChannel client = await NewClientAsync();
        EndPoint foreign = Transport.Family == AddressFamily.Unix
            ? new IPEndPoint(IPAddress.Loopback, 1)
            : new UnixDomainSocketEndPoint("/nowhere.sock");

        Task connecting = client.ConnectAsync(foreign);

        await Assert.ThrowsAnyAsync<Exception>(() => Within.Reached(connecting));
        await Within.Reached(client.CloseCompletion);
        Assert.DoesNotContain("Active", Client.Events);
    }

    [Fact]
    public async Task A_close_when_it_becomes_active_ends_it_in_order()
    {
        await ListenAsync();
        Client.OnActive = static context => context.CloseAsync();
        IChannel client = await NewClientAsync();

        _ = client.ConnectAsync(Listener.LocalAddress);
        await Within.Reached(client.CloseCompletion);

        Assert.Equal(["Added", "Registered", "Active", "Inactive", "Unregistered", "Removed"], Client.Events);
    }

    [Fact]
    public async Task What_is_written_when_it_becomes_active_arrives()
    {
        await ListenAsync();
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Accepted.OnReadComplete = _ => read.TrySetResult();
        Client.OnActive = static context => context.WriteAndFlushAsync(Payload.Of("hello"));
        IChannel client = await NewClientAsync();

        await Within.Reached(client.ConnectAsync(Listener.LocalAddress));
        await Within.Reached(read.Task);

        Assert.Contains("Read hello", Accepted.Events);
        await Within.Reached(client.CloseAsync());
    }

    /// <summary>An address whose listener has all the connections it holds, so that the next one gets no answer.</summary>
    private async Task<EndPoint> FullBacklogAsync()
    {
        Socket listener = NewPeer();
        listener.Bind(NewAddress());
        listener.Listen(0);
        Socket only = NewPeer();
        await Within.Reached(only.ConnectAsync(listener.LocalEndPoint!));
        return listener.LocalEndPoint!;
    }
}
