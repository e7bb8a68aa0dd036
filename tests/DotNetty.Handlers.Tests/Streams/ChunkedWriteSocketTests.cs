using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Handlers.Streams;
using DotNetty.Handlers.Tests.Tls;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Handlers.Tests.Streams;

public sealed class ChunkedWriteSocketTests : LeakFreeTests
{
    private const int Size = 8 * 1024 * 1024;

    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_larger_than_any_buffer_arrives_whole_and_little_of_it_ever_waits(bool tls)
    {
        byte[] bytes = new byte[Size];
        new Random(7).NextBytes(bytes);
        var group = new MultithreadEventLoopGroup(1);
        var sender = new Sender(new ChunkedStream(new MemoryStream(bytes)));
        IChannelHandler[] front = tls ? [new TlsHandler(EnginePair.ServerSettings())] : [];
        IChannel server = await new ServerBootstrap()
            .Group(group)
            .Channel<TcpServerSocketChannel>()
            .ChildHandler(new ActionChannelInitializer<IChannel>(channel =>
                channel.Pipeline.AddLast([.. front, sender, new ChunkedWriteHandler<IByteBuffer>(), new Starter(sender)])))
            .BindAsync(IPAddress.Loopback, 0)
            .WaitAsync(Guard);
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)server.LocalAddress).WaitAsync(Guard);
        await using Stream stream = tls ? await Secure(client.GetStream()) : client.GetStream();

        byte[] received = new byte[Size];
        await stream.ReadExactlyAsync(received).AsTask().WaitAsync(Guard);
        await sender.Sent.WaitAsync(Guard);

        Assert.True(bytes.AsSpan().SequenceEqual(received));
        Assert.InRange(sender.MostWaiting, 1, sender.HighWaterMark + ChunkedStream.DefaultChunkSize);
        client.Close();
        await group.ShutdownGracefullyAsync(TimeSpan.Zero, Guard).WaitAsync(Guard);
    }

    private static async Task<SslStream> Secure(Stream stream)
    {
        var secured = new SslStream(stream, false, (_, certificate, _, _) => certificate != null);
        await secured.AuthenticateAsClientAsync("localhost").WaitAsync(Guard);
        return secured;
    }

    /// <summary>Stands before the chunks and sees how much waits at each of them.</summary>
    private sealed class Sender(ChunkedStream input) : ChannelHandlerAdapter
    {
        private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Sent => _sent.Task;

        public long MostWaiting { get; private set; }

        public int HighWaterMark { get; private set; }

        public override Task WriteAsync(IChannelHandlerContext context, object message)
        {
            Task write = context.WriteAsync(message);
            HighWaterMark = context.Channel.Configuration.WriteBufferHighWaterMark;
            MostWaiting = Math.Max(MostWaiting, context.Channel.Unsafe.OutboundBuffer.TotalPendingWriteBytes());
            return write;
        }

        public async Task SendAsync(IChannelHandlerContext context)
        {
            await context.WriteAndFlushAsync(input);
            _sent.TrySetResult();
        }
    }

    private sealed class Starter(Sender sender) : ChannelHandlerAdapter
    {
        public override void ChannelActive(IChannelHandlerContext context) => _ = sender.SendAsync(context);
    }
}
