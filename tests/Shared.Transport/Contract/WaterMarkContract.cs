using System.Net.Sockets;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.TestSupport.Contract;

/// <summary>IsWritable, in both directions, and what a handler may do in the event that tells of it.</summary>
public abstract class WaterMarkContract<TTransport> : ContractTests<TTransport>
    where TTransport : ITransportUnderTest, new()
{
    private const int High = 64 * 1024;

    // More than the system takes between two sockets whose peer does not read.
    private const int Plenty = 16_000_000;

    [Fact]
    public async Task A_peer_that_does_not_read_makes_it_not_writable_and_one_that_reads_writable_again()
    {
        var writable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Accepted.OnWritability = context => Complete(writable, context.Channel.IsWritable);
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();

        Task write = channel.WriteAndFlushAsync(Payload.Of(Plenty));
        await TurnAsync(channel);
        bool meanwhile = channel.IsWritable;
        await peer.ReceiveBytesAsync(Plenty);
        await Within.Reached(Task.WhenAll(write, writable.Task));

        Assert.False(meanwhile);
        Assert.True(channel.IsWritable);
        Assert.Equal(["Writable False", "Writable True"], Accepted.Events.Where(IsWritability));
    }

    [Fact]
    public async Task Bytes_that_are_not_flushed_count_and_those_at_the_mark_do_not_yet()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();
        bool atTheMark = false;
        bool above = true;
        long left = -1;

        await OnLoopAsync(channel, () =>
        {
            channel.WriteAsync(Payload.Of(High));
            atTheMark = channel.IsWritable;
            left = channel.Unsafe.OutboundBuffer.BytesBeforeUnwritable();
            channel.WriteAsync(Payload.Of(1));
            above = channel.IsWritable;
        });

        Assert.True(atTheMark);
        Assert.Equal(1, left);
        Assert.False(above);
    }

    [Fact]
    public async Task A_handler_that_writes_in_the_event_itself_sees_every_change_in_turn()
    {
        const int Rounds = 20;
        int rounds = 0;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Accepted.OnWritability = context =>
        {
            if (!context.Channel.IsWritable)
            {
                // Too much already, and more of it: that is no second change.
                context.WriteAndFlushAsync(Payload.Of(100));
            }
            else if (++rounds == Rounds)
            {
                done.TrySetResult();
            }
            else
            {
                context.WriteAndFlushAsync(Payload.Of(High + 1));
            }
        };
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();

        Task received = peer.ReceiveBytesAsync(Rounds * (High + 101));
        await OnLoopAsync(channel, () => channel.WriteAndFlushAsync(Payload.Of(High + 1)));
        await Within.Reached(Task.WhenAll(received, done.Task));

        string[] changes = [.. Accepted.Events.Where(IsWritability)];
        Assert.Equal(Enumerable.Repeat<string[]>(["Writable False", "Writable True"], Rounds).SelectMany(static pair => pair), changes);
    }

    [Fact]
    public async Task A_reason_of_the_applications_makes_it_not_writable_too()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();
        ChannelOutboundBuffer outbound = channel.Unsafe.OutboundBuffer;

        await OnLoopAsync(channel, () => outbound.SetUserDefinedWritability(3, false));
        bool meanwhile = channel.IsWritable;
        await OnLoopAsync(channel, () => outbound.SetUserDefinedWritability(3, true));

        Assert.False(meanwhile);
        Assert.True(channel.IsWritable);
        Assert.Equal(["Writable False", "Writable True"], Accepted.Events.Where(IsWritability));
    }

    [Fact]
    public async Task Writes_of_another_thread_count_at_once()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();
        using var hold = new ManualResetEventSlim();
        Task held = channel.EventLoop.SubmitAsync(() => hold.Wait(Within.Guard));

        Task write = channel.WriteAsync(Payload.Of(High + 1));
        bool meanwhile = channel.IsWritable;
        hold.Set();
        await Within.Reached(held);
        await Within.Reached(channel.CloseAsync());

        Assert.False(meanwhile);
        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(write));
    }

    [Fact]
    public async Task A_channel_that_is_closing_is_not_writable()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();
        bool closing = true;

        await OnLoopAsync(channel, () =>
        {
            channel.CloseAsync();
            closing = channel.IsWritable;
        });
        await Within.Reached(channel.CloseCompletion);

        Assert.False(closing);
        Assert.False(channel.IsWritable);
    }

    [Fact]
    public async Task A_close_in_the_event_that_it_is_not_writable_any_more_ends_it_in_order()
    {
        Accepted.OnWritability = static context => context.CloseAsync();
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();

        Task write = Task.CompletedTask;
        await OnLoopAsync(channel, () => write = channel.WriteAndFlushAsync(Payload.Of(High + 1)));
        await Within.Reached(channel.CloseCompletion);

        // The write that brought the event about is not flushed yet when it comes: it is lost with the close, and only it.
        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(write));
        Assert.Empty(await peer.ReceiveToEndAsync());
        AssertWholeLife(Accepted);
    }

    private static bool IsWritability(string name) => name.StartsWith("Writable", StringComparison.Ordinal);

    private static void Complete(TaskCompletionSource when, bool isWritable)
    {
        if (isWritable)
        {
            when.TrySetResult();
        }
    }
}
