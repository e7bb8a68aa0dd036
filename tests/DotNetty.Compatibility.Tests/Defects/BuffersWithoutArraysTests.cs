using System.Net;
using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Compatibility.Tests.Defects;

/// <summary>The published socket channel sends and receives nothing but buffers with a byte array.</summary>
[Trait("Defect", "D21")]
public sealed class BuffersWithoutArraysTests : IAsyncLifetime
{
    private readonly MultithreadEventLoopGroup _group = new(1);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Within.Reached(_group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

    [Theory]
    [InlineData(100)]
    [InlineData(100, 200, 300)]
    [InlineData(200_000)]
    [InlineData(200_000, 10, 200_000)]
    public async Task A_buffer_without_an_array_is_sent(params int[] sizes)
    {
        byte[] sent = RandomBytes(sizes.Sum());
        IChannel server = await ListenAsync(new ActionChannelInitializer<IChannel>(channel => channel.Pipeline.AddLast(new Sender(Cut(sent, sizes)))));
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)server.LocalAddress).WaitAsync(Within.Guard);

        var received = new MemoryStream();
        await Within.Reached(client.GetStream().CopyToAsync(received));

        Assert.Equal(sent, received.ToArray());
    }

    [Fact]
    public async Task Bytes_are_received_into_memory_that_is_no_array()
    {
        byte[] sent = RandomBytes(50_000);
        var collector = new Collector();
        IChannel server = await ListenAsync(new ActionChannelInitializer<IChannel>(channel => channel.Pipeline.AddLast(collector)));
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)server.LocalAddress).WaitAsync(Within.Guard);

        await client.GetStream().WriteAsync(sent);
        client.Client.Shutdown(SocketShutdown.Send);
        byte[] received = await Within.Reached(collector.Received.Task);

        Assert.Equal(sent, received);
        Assert.Equal([typeof(WordByteBuffer)], collector.Types);
    }

    private Task<IChannel> ListenAsync(IChannelHandler childHandler) => Within.Reached(new ServerBootstrap()
        .Group(_group)
        .Channel<TcpServerSocketChannel>()
        .ChildOption(ChannelOption.Allocator, new WordByteBufferAllocator())
        .ChildOption(ChannelOption.RcvbufAllocator, new FixedRecvByteBufAllocator(1000))
        .ChildHandler(childHandler)
        .BindAsync(IPAddress.Loopback, 0));

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }

    private static List<byte[]> Cut(byte[] bytes, int[] sizes)
    {
        int start = 0;
        return [.. sizes.Select(size => bytes[start..(start += size)])];
    }

    private sealed class Sender(List<byte[]> messages) : ChannelHandlerAdapter
    {
        public override void ChannelActive(IChannelHandlerContext context)
        {
            foreach (byte[] message in messages)
            {
                context.WriteAsync(context.Allocator.Buffer(message.Length).WriteBytes(message));
            }

            context.Flush();
            context.CloseAsync();
        }
    }

    private sealed class Collector : ChannelHandlerAdapter
    {
        private readonly MemoryStream _bytes = new();

        public TaskCompletionSource<byte[]> Received { get; } = new();

        public HashSet<Type> Types { get; } = [];

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            var buffer = (IByteBuffer)message;
            Types.Add(buffer.GetType());
            buffer.ReadBytes(_bytes, buffer.ReadableBytes);
            buffer.Release();
        }

        public override void ChannelInactive(IChannelHandlerContext context) => Received.TrySetResult(_bytes.ToArray());
    }
}
