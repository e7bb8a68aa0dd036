using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.TestSupport.Contract;

/// <summary>Closing: what was flushed arrives, the rest fails, the end comes once, wherever it was asked for.</summary>
public abstract class CloseContract<TTransport> : ContractTests<TTransport>
    where TTransport : ITransportUnderTest, new()
{
    [Fact]
    public async Task An_idle_connection_ends_by_a_FIN()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();

        await Within.Reached(channel.CloseAsync());

        Assert.Empty(await peer.ReceiveToEndAsync());
        AssertWholeLife(Accepted);
    }

    [Fact]
    public async Task What_was_flushed_arrives_at_a_slow_reader_and_what_was_not_fails()
    {
        const int Size = 3_000_000;
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();
        Task flushed = Task.CompletedTask;
        Task unflushed = Task.CompletedTask;
        Task closing = Task.CompletedTask;

        await OnLoopAsync(channel, () =>
        {
            flushed = channel.WriteAndFlushAsync(Payload.Of(Size));
            unflushed = channel.WriteAsync(Payload.Of("lost"));
            closing = channel.CloseAsync();
        });
        byte[] received = await peer.ReceiveToEndAsync();

        Assert.Equal(Size, received.Length);
        await Within.Reached(Task.WhenAll(flushed, closing));
        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(unflushed));
    }

    [Fact]
    public async Task A_reply_before_the_close_arrives_and_then_a_FIN_although_the_peers_bytes_are_unread()
    {
        const int Unread = 20_000;
        var replied = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await ListenAsync(static bootstrap => bootstrap.ChildOption(ChannelOption.RcvbufAllocator, new FixedRecvByteBufAllocator(16)));
        Accepted.OnRead = (context, message) =>
        {
            ((IByteBuffer)message).Release();
            _ = context.WriteAndFlushAsync(Payload.Of("too large"));
            context.CloseAsync();
            replied.TrySetResult();
        };
        (Socket peer, IChannel channel) = await ConnectAsync();

        await peer.SendBytesAsync(Payload.Bytes(Unread));
        await Within.Reached(replied.Task);
        string reply = Payload.Text(await peer.ReceiveToEndAsync());
        peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(channel.CloseCompletion);

        Assert.Equal("too large", reply);
        AssertWholeLife(Accepted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reply_before_the_close_arrives_while_the_peer_still_sends(bool closesWhenWritten)
    {
        const int Rounds = 5;
        await ListenAsync(handlers: () => [new Lambda
        {
            OnRead = (context, message) =>
            {
                ((IByteBuffer)message).Release();
                Task reply = context.WriteAndFlushAsync(Payload.Of("too large"));
                _ = closesWhenWritten ? reply.ContinueWith(_ => context.CloseAsync()) : context.CloseAsync();
            },
        }]);

        for (int round = 0; round < Rounds; round++)
        {
            (Socket peer, _) = await ConnectAsync();
            Task sending = SendAsync(peer);
            string reply = Payload.Text(await peer.ReceiveToEndAsync());

            // Whoever sends for longer than the channel lingers is reset in the end; the reply is there by then.
            _ = await Record.ExceptionAsync(() => Within.Reached(sending));
            Assert.StartsWith("too large", reply, StringComparison.Ordinal);
        }

        static async Task SendAsync(Socket peer)
        {
            for (int i = 0; i < 40; i++)
            {
                await peer.SendBytesAsync(new byte[1024]);
            }

            peer.Shutdown(SocketShutdown.Send);
        }
    }

    [Fact]
    public async Task Forcibly_the_connection_is_broken_off_and_what_waits_fails()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();
        Task write = channel.WriteAsync(Payload.Of("lost"));

        channel.Unsafe.CloseForcibly();
        await Within.Reached(channel.CloseCompletion);

        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(write));
        await AssertBrokenOffAsync(peer);
        AssertWholeLife(Accepted);
    }

    [Fact]
    public async Task Forcibly_a_close_that_waits_for_a_slow_reader_ends_at_once()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();
        Task write = channel.WriteAndFlushAsync(Payload.Of(16_000_000));
        Task closing = channel.CloseAsync();
        await TurnAsync(channel);
        bool waited = !closing.IsCompleted && channel.Open;

        channel.Unsafe.CloseForcibly();
        await Within.Reached(closing);

        Assert.True(waited);
        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(write));
        AssertWholeLife(Accepted);
    }

    [Fact]
    public async Task Many_closes_from_many_threads_are_one()
    {
        var closed = new CloseCounter();
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();
        ((AbstractChannel)channel).CloseListener = closed;

        await Within.Reached(Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => i % 3 == 0 ? Forcibly(channel) : channel.CloseAsync()))));
        await Within.Reached(channel.CloseCompletion);

        Assert.Equal(1, closed.Told);
        AssertWholeLife(Accepted);

        static Task Forcibly(IChannel channel)
        {
            channel.Unsafe.CloseForcibly();
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Disconnecting_a_stream_is_closing_it()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();

        await Within.Reached(channel.DisconnectAsync());

        Assert.Empty(await peer.ReceiveToEndAsync());
        Assert.False(channel.Open);
        AssertWholeLife(Accepted);
    }

    [Theory]
    [InlineData("Added")]
    [InlineData("Registered")]
    [InlineData("Active")]
    [InlineData("Read")]
    [InlineData("ReadComplete")]
    [InlineData("Event")]
    [InlineData("Writable")]
    [InlineData("Exception")]
    [InlineData("Inactive")]
    [InlineData("Unregistered")]
    [InlineData("Removed")]
    public async Task A_close_inside_any_event_ends_the_channel_once_and_in_order(string where)
    {
        await ActInsideAsync(where, static context => context.Channel.CloseAsync());
    }

    [Theory]
    [InlineData("Added")]
    [InlineData("Registered")]
    [InlineData("Active")]
    [InlineData("Read")]
    [InlineData("ReadComplete")]
    [InlineData("Event")]
    [InlineData("Writable")]
    [InlineData("Exception")]
    [InlineData("Inactive")]
    [InlineData("Unregistered")]
    [InlineData("Removed")]
    public async Task A_forced_close_inside_any_event_does_too(string where)
    {
        await ActInsideAsync(where, static context => context.Channel.Unsafe.CloseForcibly());
    }

    private async Task ActInsideAsync(string where, Action<IChannelHandlerContext> act)
    {
        var closed = new CloseCounter();
        var acts = new ActsAt(where, act);
        await ListenAsync(
            bootstrap => bootstrap.ChildOption(ChannelOption.AllowHalfClosure, true).Handler(new Lambda
            {
                OnRead = (context, child) =>
                {
                    ((AbstractChannel)child).CloseListener = closed;
                    context.FireChannelRead(child);
                },
            }),
            () => [acts, new EverythingHappens()]);
        Socket peer = NewPeer();

        // What this peer does brings every event about, unless the channel ends before; then its calls may fail, the connect too.
        _ = await Record.ExceptionAsync(() => Within.Reached(peer.ConnectAsync(Listener.LocalAddress)));
        IChannel channel = await AcceptedAsync();
        _ = await Record.ExceptionAsync(() => peer.SendTextAsync("hello"));
        _ = await Record.ExceptionAsync(() => Task.Run(() => peer.Shutdown(SocketShutdown.Send)));
        await Within.Reached(channel.CloseCompletion);

        Assert.True(acts.Acted);
        Assert.Equal(1, closed.Told);
        Assert.Equal(acts.Events.Count(static name => name == "Active"), acts.Events.Count(static name => name == "Inactive"));
        Assert.Single(acts.Events, static name => name == "Unregistered");
        Assert.Equal("Removed", acts.Events[^1]);
        Assert.DoesNotContain(Accepted.Exceptions, static fault => fault is not InvalidOperationException);
    }

    /// <summary>Makes each event happen in the course of a connection, and ends it at the end of its input.</summary>
    private sealed class EverythingHappens : ChannelHandlerAdapter
    {
        public override void ChannelReadComplete(IChannelHandlerContext context)
        {
            context.Channel.Unsafe.OutboundBuffer.SetUserDefinedWritability(1, false);
            context.Channel.Unsafe.OutboundBuffer.SetUserDefinedWritability(1, true);
            context.Channel.Pipeline.FireExceptionCaught(new InvalidOperationException("on purpose"));
            context.FireChannelReadComplete();
        }

        public override void UserEventTriggered(IChannelHandlerContext context, object evt) => context.CloseAsync();
    }
}
