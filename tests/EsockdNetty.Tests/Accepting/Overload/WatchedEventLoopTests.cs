using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting.Overload;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting.Overload;

public abstract class WatchedEventLoopTests
{
    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task Names_the_listener_and_the_handler_that_hold_a_loop_up()
    {
        var blocking = new BlockingHandler();
        await using OneListener server = await OneListener.OpenPipeline(
            pipeline => pipeline.AddLast(blocking), server: new SocketServerOptions { Transport = Transport });
        using Peer peer = await server.Connect();
        await peer.Send(1);

        try
        {
            var loop = new WatchedEventLoop(await blocking.Loop.Task.WaitAsync(Eventually.Guard));

            Assert.Equal($"a connection of listener test with {nameof(BlockingHandler)}", loop.DescribeWork());
            Eventually.Equal(true, () => loop.CurrentRound > TimeSpan.Zero);
        }
        finally
        {
            blocking.Release();
        }
    }

    [Fact]
    public async Task Names_the_loop_of_a_session()
    {
        var blocking = new BlockingHandler();
        await using OneListener server = await OneListener.Open(
            async (session, closed) =>
            {
                await session.ReceiveAsync(closed);
                blocking.Block((SingleThreadEventExecutor)session.Channel.EventLoop);
            },
            server: new SocketServerOptions { Transport = Transport });
        using Peer peer = await server.Connect();
        await peer.Send(1);

        try
        {
            var loop = new WatchedEventLoop(await blocking.Loop.Task.WaitAsync(Eventually.Guard));

            Assert.Contains(nameof(WatchedEventLoopTests), loop.DescribeWork(), StringComparison.Ordinal);
        }
        finally
        {
            blocking.Release();
        }
    }

    private sealed class BlockingHandler : ChannelHandlerAdapter
    {
        private readonly ManualResetEventSlim _over = new();

        public TaskCompletionSource<SingleThreadEventExecutor> Loop { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool IsSharable => true;

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            Block((SingleThreadEventExecutor)context.Executor);
            context.FireChannelRead(message);
        }

        public void Block(SingleThreadEventExecutor loop)
        {
            Loop.TrySetResult(loop);
            _over.Wait(Eventually.Guard);
        }

        public void Release() => _over.Set();
    }
}

public sealed class WatchedEpollEventLoopTests : WatchedEventLoopTests
{
    protected override SocketTransport Transport => SocketTransport.Epoll;
}

public sealed class WatchedSocketsEventLoopTests : WatchedEventLoopTests
{
    protected override SocketTransport Transport => SocketTransport.Sockets;
}
