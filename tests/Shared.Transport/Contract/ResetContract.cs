using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.TestSupport.Contract;

/// <summary>The peer breaks the connection off at every step of its life. Each time one error at most is told, and the end comes once.</summary>
public abstract class ResetContract<TTransport> : ContractTests<TTransport>
    where TTransport : ITransportUnderTest, new()
{
    private readonly CloseCounter _closed = new();
    private readonly TaskCompletionSource<Action> _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Before_the_connection_is_registered()
    {
        (Socket peer, Task<IChannel> accepted) = await ConnectHeldAsync();

        peer.Reset();
        await ReleaseAsync();

        await AssertEndedAsync(await accepted);
    }

    [Fact]
    public async Task When_it_becomes_active()
    {
        (Socket peer, Task<IChannel> accepted) = await ConnectHeldAsync();
        Accepted.OnActive = _ => peer.Reset();

        await ReleaseAsync();

        await AssertEndedAsync(await accepted);
    }

    [Fact]
    public async Task While_it_waits_for_bytes()
    {
        (Socket peer, Task<IChannel> accepted) = await ConnectHeldAsync();
        await ReleaseAsync();
        IChannel channel = await accepted;
        await TurnAsync(channel);

        peer.Reset();

        await AssertEndedAsync(channel);
        Assert.Equal(Transport.HasReset ? SocketError.ConnectionReset : null, (Accepted.Exceptions.SingleOrDefault() as SocketException)?.SocketErrorCode);
    }

    [Fact]
    public async Task In_a_read_that_is_answered()
    {
        (Socket peer, Task<IChannel> accepted) = await ConnectHeldAsync();
        Task reply = Task.CompletedTask;
        Accepted.OnRead = (context, message) =>
        {
            peer.Reset();
            reply = context.WriteAndFlushAsync(message);
        };
        await ReleaseAsync();
        IChannel channel = await accepted;

        await peer.SendTextAsync("hello");

        await AssertEndedAsync(channel);
        _ = await Record.ExceptionAsync(() => Within.Reached(reply));
        Assert.True(reply.IsCompleted);
    }

    [Fact]
    public async Task In_the_middle_of_a_write()
    {
        (Socket peer, Task<IChannel> accepted) = await ConnectHeldAsync();
        await ReleaseAsync();
        IChannel channel = await accepted;
        Task write = channel.WriteAndFlushAsync(Payload.Of(16_000_000));
        Task behind = channel.WriteAsync(Payload.Of("unflushed"));
        await peer.ReceiveBytesAsync(1000);

        peer.Reset();

        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(write));
        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(behind));
        await AssertEndedAsync(channel);
    }

    [Fact]
    public async Task In_the_middle_of_a_write_without_a_promise()
    {
        (Socket peer, Task<IChannel> accepted) = await ConnectHeldAsync();
        await ReleaseAsync();
        IChannel channel = await accepted;
        channel.Write(Payload.Of(16_000_000));
        channel.Flush();
        await peer.ReceiveBytesAsync(1000);

        peer.Reset();

        await AssertEndedAsync(channel);
    }

    [Fact]
    public async Task While_nothing_is_read_it_is_found_by_a_write()
    {
        (Socket peer, Task<IChannel> accepted) = await ConnectHeldAsync(autoRead: false);
        await ReleaseAsync();
        IChannel channel = await accepted;

        peer.Reset();
        while (!channel.CloseCompletion.IsCompleted)
        {
            _ = await Record.ExceptionAsync(() => Within.Reached(channel.WriteAndFlushAsync(Payload.Of("anybody there?"))));
        }

        await AssertEndedAsync(channel);
    }

    [Fact]
    public async Task While_nothing_is_read_it_is_found_by_the_next_read()
    {
        (Socket peer, Task<IChannel> accepted) = await ConnectHeldAsync(autoRead: false);
        await ReleaseAsync();
        IChannel channel = await accepted;

        peer.Reset();
        channel.Read();

        await AssertEndedAsync(channel);
    }

    [Fact]
    public async Task During_a_close_that_still_sends()
    {
        (Socket peer, Task<IChannel> accepted) = await ConnectHeldAsync();
        await ReleaseAsync();
        IChannel channel = await accepted;
        Task write = channel.WriteAndFlushAsync(Payload.Of(16_000_000));
        Task closing = channel.CloseAsync();
        await peer.ReceiveBytesAsync(1000);

        peer.Reset();

        await Within.Reached(closing);
        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(write));
        await AssertEndedAsync(channel);
    }

    [Fact]
    public async Task During_a_close_that_lingers()
    {
        (Socket peer, Task<IChannel> accepted) = await ConnectHeldAsync();
        Accepted.OnRead = static (context, message) =>
        {
            ((IByteBuffer)message).Release();
            context.CloseAsync();
        };
        await ReleaseAsync();
        IChannel channel = await accepted;
        await peer.SendTextAsync("hello");
        await peer.ReceiveToEndAsync();

        peer.Reset();

        await AssertEndedAsync(channel);
    }

    [Fact]
    public async Task After_both_sides_had_agreed_to_end()
    {
        (Socket peer, Task<IChannel> accepted) = await ConnectHeldAsync();
        await ReleaseAsync();
        IChannel channel = await accepted;

        peer.Shutdown(SocketShutdown.Send);
        peer.Reset();

        await AssertEndedAsync(channel);
    }

    /// <summary>A connection whose server channel does not pass it on before <see cref="ReleaseAsync"/>.</summary>
    private async Task<(Socket Peer, Task<IChannel> Accepted)> ConnectHeldAsync(bool autoRead = true)
    {
        await ListenAsync(bootstrap => bootstrap.ChildOption(ChannelOption.AutoRead, autoRead).Handler(new Lambda
        {
            OnRead = (context, child) =>
            {
                ((AbstractChannel)child).CloseListener = _closed;
                _held.TrySetResult(() => context.FireChannelRead(child));
            },
        }));
        return (await ConnectPeerAsync(), AcceptedAsync());
    }

    private async Task ReleaseAsync()
    {
        Action passOn = await Within.Reached(_held.Task);
        await OnLoopAsync(Listener, passOn);
    }

    private async Task AssertEndedAsync(IChannel channel)
    {
        await Within.Reached(channel.CloseCompletion);
        AssertWholeLife(Accepted);
        Assert.InRange(Accepted.Exceptions.Count, 0, 1);
        Assert.Equal(1, _closed.Told);
        Assert.False(channel.Open);
    }
}
