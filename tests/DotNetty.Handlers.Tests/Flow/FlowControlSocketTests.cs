using System.Net;
using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Handlers.Flow;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Handlers.Tests.Flow;

public sealed class FlowControlSocketTests : LeakFreeTests
{
    private const int Frames = 5_000;

    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Frames_sent_at_once_arrive_one_a_read_and_none_is_missing(bool autoRead)
    {
        var group = new MultithreadEventLoopGroup(1);
        var consumer = new Consumer();
        IChannel server = await new ServerBootstrap()
            .Group(group)
            .Channel<TcpServerSocketChannel>()
            .ChildOption(ChannelOption.AutoRead, autoRead)
            .ChildHandler(new ActionChannelInitializer<IChannel>(channel =>
                channel.Pipeline.AddLast(new LengthFieldBasedFrameDecoder(100, 0, 1, 0, 1), new FlowControlHandler(), consumer)))
            .BindAsync(IPAddress.Loopback, 0)
            .WaitAsync(Guard);
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)server.LocalAddress).WaitAsync(Guard);

        await client.GetStream().WriteAsync((byte[])[.. Enumerable.Range(0, Frames).SelectMany(i => new byte[] { 2, (byte)(i >> 8), (byte)i })]);
        await consumer.Done.WaitAsync(Guard);

        Assert.Equal(Enumerable.Range(0, Frames), consumer.Received);
        Assert.Equal(1, consumer.MostWithoutAsking);
        client.Close();
        await group.ShutdownGracefullyAsync(TimeSpan.Zero, Guard).WaitAsync(Guard);
    }

    /// <summary>Asks for the next frame from a task of its own, some time after the one before; holds back what others ask.</summary>
    private sealed class Consumer : ChannelHandlerAdapter
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _withoutAsking;

        public Task Done => _done.Task;

        public List<int> Received { get; } = [];

        public int MostWithoutAsking { get; private set; }

        public override void ChannelActive(IChannelHandlerContext context) => context.Read();

        public override void Read(IChannelHandlerContext context)
        {
        }

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            var frame = (IByteBuffer)message;
            Received.Add(frame.ReadUnsignedShort());
            frame.Release();
            MostWithoutAsking = Math.Max(MostWithoutAsking, ++_withoutAsking);
            if (Received.Count == Frames)
            {
                _done.TrySetResult();
            }

            context.Executor.Execute(() => Ask(context));
        }

        private void Ask(IChannelHandlerContext context)
        {
            _withoutAsking = 0;
            context.Read();
        }
    }
}
