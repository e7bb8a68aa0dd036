using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.TestSupport.Contract;

/// <summary>One direction ends, the other goes on.</summary>
public abstract class HalfCloseContract<TTransport> : ContractTests<TTransport>
    where TTransport : ITransportUnderTest, new()
{
    [Fact]
    public async Task The_peers_end_closes_the_channel_where_half_closure_is_not_allowed()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();

        peer.Shutdown(SocketShutdown.Send);

        Assert.Empty(await peer.ReceiveToEndAsync());
        await Within.Reached(channel.CloseCompletion);
        Assert.DoesNotContain("Event ChannelInputShutdownEvent", Accepted.Events);
        AssertWholeLife(Accepted);
    }

    [Fact]
    public async Task A_reply_after_the_peers_end_arrives_where_it_is()
    {
        await ListenAsync(HalfClosure);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Accepted.OnUserEvent = (_, _) => ended.TrySetResult();
        (Socket peer, IChannel channel) = await ConnectAsync();

        await peer.SendTextAsync("question");
        peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(ended.Task);
        bool active = channel.Active;
        await Within.Reached(channel.WriteAndFlushAsync(Payload.Of("reply")));
        Task closing = channel.CloseAsync();

        Assert.Equal("reply", Payload.Text(await peer.ReceiveToEndAsync()));
        await Within.Reached(closing);
        Assert.True(active);
        Assert.Equal(
            ["Added", "Registered", "Active", "Read question", "ReadComplete", "Event ChannelInputShutdownEvent", "Inactive", "Unregistered", "Removed"],
            Accepted.Events);
    }

    [Fact]
    public async Task Ending_the_output_is_a_FIN_behind_all_that_was_written_and_receiving_goes_on()
    {
        const int Size = 1_000_000;
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();

        Task write = channel.WriteAsync(Payload.Of(Size));
        Task shutdown = ((AbstractSocketByteChannel)channel).ShutdownOutputAsync();
        byte[] received = await peer.ReceiveToEndAsync();
        await peer.SendTextAsync("answer");
        peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(channel.CloseCompletion);

        await Within.Reached(Task.WhenAll(write, shutdown));
        Assert.Equal(Size, received.Length);
        Assert.Contains("Read answer", Accepted.Events);
        AssertWholeLife(Accepted);
    }

    [Fact]
    public async Task Writes_after_the_output_was_ended_fail_and_receiving_goes_on()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();
        await Within.Reached(((AbstractSocketByteChannel)channel).ShutdownOutputAsync());

        Task late = channel.WriteAndFlushAsync(Payload.Of("late"));
        channel.Write(Payload.Of("late"));
        await peer.SendTextAsync("answer");
        peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(channel.CloseCompletion);

        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(late));
        Assert.Contains("Read answer", Accepted.Events);
        Assert.Empty(await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task Both_ends_ended_are_a_close()
    {
        await ListenAsync(HalfClosure);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Accepted.OnUserEvent = (_, _) => ended.TrySetResult();
        (Socket peer, IChannel channel) = await ConnectAsync();

        peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(ended.Task);
        await Within.Reached(((AbstractSocketByteChannel)channel).ShutdownOutputAsync());
        await Within.Reached(channel.CloseCompletion);

        Assert.Empty(await peer.ReceiveToEndAsync());
        AssertWholeLife(Accepted);
    }

    [Fact]
    public async Task A_client_may_end_its_output_first_and_still_read_the_reply()
    {
        await ListenAsync(HalfClosure, static () => [new Replies()]);
        IChannel client = await NewClientAsync();
        await Within.Reached(client.ConnectAsync(Listener.LocalAddress));

        _ = client.WriteAsync(Payload.Of("question"));
        await Within.Reached(((AbstractSocketByteChannel)client).ShutdownOutputAsync());
        await Within.Reached(client.CloseCompletion);

        Assert.Contains("Read reply", Client.Events);
        AssertWholeLife(Client);
    }

    private static void HalfClosure(Bootstrapping.ServerBootstrap bootstrap) => bootstrap.ChildOption(ChannelOption.AllowHalfClosure, true);

    private sealed class Replies : ChannelHandlerAdapter
    {
        public override void UserEventTriggered(IChannelHandlerContext context, object evt)
        {
            _ = context.WriteAndFlushAsync(Payload.Of("reply"));
            context.CloseAsync();
        }
    }
}
