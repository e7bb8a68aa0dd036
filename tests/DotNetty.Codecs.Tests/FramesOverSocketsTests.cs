using System.Net;
using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Codecs.Tests;

public sealed class FramesOverSocketsTests : IAsyncLifetime
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    private readonly MultithreadEventLoopGroup _loops = new(1);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _loops.ShutdownGracefullyAsync(TimeSpan.Zero, TimeSpan.FromSeconds(5));

    [Fact]
    public async Task A_peer_that_does_not_read_for_a_while_gets_every_frame_and_fills_no_memory()
    {
        const int Frames = 20_000;
        var echo = new FrameEcho();
        IChannel server = await new ServerBootstrap()
            .Group(_loops)
            .Channel<TcpServerSocketChannel>()
            .ChildHandler(new ActionChannelInitializer<IChannel>(channel => channel.Pipeline.AddLast(
                new LengthFieldPrepender(2), new LengthFieldBasedFrameDecoder(4096, 0, 2, 0, 2), echo)))
            .BindAsync(IPAddress.Loopback, 0);
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(server.LocalAddress);
        byte[] sent = Numbered(Frames);

        Task sending = SendAsync(client, sent);
        await echo.Unwritable.Task.WaitAsync(Guard);
        byte[] received = await ReceiveAsync(client, sent.Length).WaitAsync(Guard);
        await sending.WaitAsync(Guard);

        Assert.True(sent.AsSpan().SequenceEqual(received));
        Assert.InRange(echo.MostPending, 1, 64 * 1024 + 2048);
    }

    /// <summary>Frames of 1022 bytes and a length, each filled with its number.</summary>
    private static byte[] Numbered(int frames)
    {
        var bytes = new byte[frames * 1024];
        for (int i = 0; i < frames; i++)
        {
            Span<byte> frame = bytes.AsSpan(i * 1024, 1024);
            frame.Fill((byte)i);
            frame[0] = 1022 >> 8;
            frame[1] = 1022 & 0xFF;
        }

        return bytes;
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes)..];
        }
    }

    private static async Task<byte[]> ReceiveAsync(Socket socket, int length)
    {
        var bytes = new byte[length];
        int received = 0;
        while (received < length && await socket.ReceiveAsync(bytes.AsMemory(received)) is var count and > 0)
        {
            received += count;
        }

        return bytes;
    }

    private sealed class FrameEcho : ChannelHandlerAdapter
    {
        public TaskCompletionSource Unwritable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long MostPending { get; private set; }

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            context.Write(message);
            MostPending = Math.Max(MostPending, context.Channel.Unsafe.OutboundBuffer.TotalPendingWriteBytes());
        }

        public override void ChannelReadComplete(IChannelHandlerContext context) => context.Flush();

        public override void ChannelWritabilityChanged(IChannelHandlerContext context) => Unwritable.TrySetResult();
    }
}
