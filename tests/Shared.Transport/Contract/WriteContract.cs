using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.TestSupport.Contract;

/// <summary>Writes: every byte once and in order, every promise kept or broken, whatever the messages are made of.</summary>
public abstract class WriteContract<TTransport> : ContractTests<TTransport>
    where TTransport : ITransportUnderTest, new()
{
    [Theory]
    [InlineData("wrapped", 1)]
    [InlineData("wrapped", 5_000)]
    [InlineData("wrapped", 3_000_000)]
    [InlineData("pooled", 100)]
    [InlineData("pooled", 100_000)]
    [InlineData("slice", 5_000)]
    [InlineData("composite", 300)]
    [InlineData("composite", 1_000_000)]
    public async Task A_message_arrives_whole_whatever_it_is_made_of(string kind, int size)
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();
        byte[] bytes = Payload.Bytes(size);
        IByteBuffer message = MessageOf(kind, bytes);

        Task write = channel.WriteAndFlushAsync(message);
        byte[] received = await peer.ReceiveBytesAsync(size);

        await Within.Reached(write);
        Assert.Equal(bytes, received);
        Assert.Equal(0, message.ReferenceCount);
    }

    [Fact]
    public async Task Messages_of_all_sizes_and_kinds_arrive_in_the_order_of_their_writes()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();
        byte[][] messages = [.. Enumerable.Range(0, 200).Select(static i => Payload.Bytes(i * i * 7 % 9_000, i))];
        string[] kinds = ["wrapped", "pooled", "slice", "composite"];

        Task[] writes = [];
        await OnLoopAsync(channel, () =>
        {
            writes = [.. messages.Select((bytes, i) => channel.WriteAsync(MessageOf(kinds[i % kinds.Length], bytes)))];
            channel.Flush();
        });
        byte[] received = await peer.ReceiveBytesAsync(messages.Sum(static bytes => bytes.Length));

        await Within.Reached(Task.WhenAll(writes));
        Assert.Equal(messages.SelectMany(static bytes => bytes), received);
    }

    [Fact]
    public async Task Promises_are_kept_in_the_order_of_the_writes_empty_ones_among_them()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();
        var order = new List<int>();
        Task[] writes = [];

        await OnLoopAsync(channel, () =>
        {
            writes = [.. Enumerable.Range(0, 60).Select(i => Noted(i, channel.WriteAsync(Payload.Of(i % 3 * 1000))))];
            channel.Flush();
        });
        await peer.ReceiveBytesAsync(20 * 3000);
        await Within.Reached(Task.WhenAll(writes));

        Assert.Equal(Enumerable.Range(0, 60), order);

        Task Noted(int i, Task write) => write.ContinueWith(_ => order.Add(i), TaskContinuationOptions.ExecuteSynchronously);
    }

    [Fact]
    public async Task Writes_with_and_without_a_promise_keep_one_order()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();

        await OnLoopAsync(channel, () =>
        {
            channel.Write(Payload.Of("1"));
            channel.WriteAsync(Payload.Of("2"));
            channel.Write(Payload.Of("3"));
            channel.WriteAndFlushAsync(Payload.Of("4"));
        });

        Assert.Equal("1234", await peer.ReceiveTextAsync(4));
    }

    [Fact]
    public async Task Writes_of_another_thread_keep_their_order()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();
        byte[][] messages = [.. Enumerable.Range(0, 300).Select(static i => Payload.Bytes(50, i))];

        foreach (byte[] bytes in messages)
        {
            channel.Write(Unpooled.WrappedBuffer(bytes));
            channel.Flush();
        }

        Assert.Equal(messages.SelectMany(static bytes => bytes), await peer.ReceiveBytesAsync(300 * 50));
    }

    [Fact]
    public async Task A_reader_of_few_bytes_at_a_time_gets_every_byte_once()
    {
        const int Size = 1_500_000;
        await ListenAsync(static bootstrap => bootstrap.ChildOption(ChannelOption.SoSndbuf, 4096));
        (Socket peer, IChannel channel) = await ConnectAsync();
        byte[] bytes = Payload.Bytes(Size);
        using var received = new MemoryStream();
        byte[] few = new byte[10_007];

        Task write = channel.WriteAndFlushAsync(Unpooled.WrappedBuffer(bytes));
        while (received.Length < Size)
        {
            int count = await peer.ReceiveAsync(few).WaitAsync(Within.Guard);
            Assert.True(count > 0, "The channel ended early.");
            received.Write(few, 0, count);
        }

        await Within.Reached(write);
        Assert.Equal(bytes, received.ToArray());
    }

    [Fact]
    public async Task A_users_array_may_be_used_again_once_its_write_is_done()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();
        byte[] array = new byte[6_000];

        for (byte i = 1; i <= 20; i++)
        {
            Array.Fill(array, i);
            await Within.Reached(channel.WriteAndFlushAsync(Unpooled.WrappedBuffer(array)));
        }

        byte[] received = await peer.ReceiveBytesAsync(20 * array.Length);
        Assert.All(received.Chunk(array.Length).Select(static (chunk, i) => (chunk, i)), static c => Assert.All(c.chunk, b => Assert.Equal(c.i + 1, b)));
    }

    [Fact]
    public async Task What_a_socket_cannot_send_fails_alone()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();

        Task wrong = channel.WriteAsync("text");
        Task right = channel.WriteAndFlushAsync(Payload.Of("bytes"));

        await Assert.ThrowsAsync<NotSupportedException>(() => Within.Reached(wrong));
        await Within.Reached(right);
        Assert.Equal("bytes", await peer.ReceiveTextAsync(5));
        Assert.Empty(Accepted.Exceptions);
    }

    [Fact]
    public async Task What_was_never_flushed_is_never_sent_and_all_of_it_fails_in_order_at_the_close()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();
        var failed = new List<int>();
        Task[] writes = [];
        await OnLoopAsync(channel, () =>
        {
            channel.WriteAndFlushAsync(Payload.Of("sent"));
            writes = [.. Enumerable.Range(0, 10).Select(i => channel.WriteAsync(Payload.Of("lost")).ContinueWith(
                write => { failed.Add(write.Exception?.InnerException is ClosedChannelException ? i : -1); },
                TaskContinuationOptions.ExecuteSynchronously))];
            channel.Write(Payload.Of("lost"));
        });

        await Within.Reached(channel.CloseAsync());

        await Within.Reached(Task.WhenAll(writes));
        Assert.Equal(Enumerable.Range(0, 10), failed);
        Assert.Equal("sent", Payload.Text(await peer.ReceiveToEndAsync()));
    }

    [Fact]
    public async Task Writes_after_the_close_fail_are_released_and_tell_nothing()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();
        await Within.Reached(channel.CloseAsync());
        IByteBuffer[] messages = [Payload.Of("late"), Payload.Of("late"), Payload.Of("late")];

        Task write = channel.WriteAsync(messages[0]);
        Task flushed = channel.WriteAndFlushAsync(messages[1]);
        channel.Write(messages[2]);

        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(write));
        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(flushed));
        Assert.All(messages, static message => Assert.Equal(0, message.ReferenceCount));
        Assert.Empty(Accepted.Exceptions);
    }

    [Fact]
    public async Task A_write_in_the_continuation_of_a_write_goes_out_too()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();

        await OnLoopAsync(channel, () => channel.WriteAndFlushAsync(Payload.Of("first,")).ContinueWith(
            _ => channel.WriteAndFlushAsync(Payload.Of("second")), TaskContinuationOptions.ExecuteSynchronously));

        Assert.Equal("first,second", await peer.ReceiveTextAsync(12));
    }

    private static IByteBuffer MessageOf(string kind, byte[] bytes) => kind switch
    {
        "pooled" => PooledByteBufferAllocator.Default.Buffer(Math.Max(1, bytes.Length)).WriteBytes(bytes),
        "slice" => Unpooled.WrappedBuffer([0, .. bytes, 0]).SkipBytes(1).ReadSlice(bytes.Length),
        "composite" => Unpooled.WrappedBuffer([.. bytes.Chunk(Math.Max(1, bytes.Length / 50)).Select(static chunk => Unpooled.WrappedBuffer(chunk))]),
        _ => Unpooled.WrappedBuffer(bytes),
    };
}
