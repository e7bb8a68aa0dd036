using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Local;
using EsockdNetty.Tests.Support;
using Channel = System.Threading.Channels.Channel;

namespace EsockdNetty.Tests.Opening;

/// <summary>A server on a transport that is no socket.</summary>
public sealed class CustomTransportTests : IAsyncDisposable
{
    private readonly MultithreadEventLoopGroup _clients = new(1);

    public async ValueTask DisposeAsync() => await _clients.ShutdownGracefullyAsync(TimeSpan.Zero, Eventually.Guard);

    [Fact]
    public async Task A_session_is_served()
    {
        await using OneListener server = await Open();

        (IChannel client, System.Threading.Channels.ChannelReader<string> received) = await Connect(server.Listener);
        await client.WriteAndFlushAsync(Unpooled.CopiedBuffer("hello", Encoding.ASCII));

        Assert.Equal("hello", await received.ReadAsync().AsTask().WaitAsync(Eventually.Guard));
        Assert.Equal((1, 1L), (server.Listener.ConnectionCount, server.Listener.Statistics.Accepted));
        await client.CloseAsync();
        Eventually.Equal(0, () => server.Listener.ConnectionCount);
    }

    [Fact]
    public async Task Over_the_limit_connections_are_refused()
    {
        await using OneListener server = await Open(static options => options.Limits.MaxConnections = 1);
        (IChannel first, System.Threading.Channels.ChannelReader<string> received) = await Connect(server.Listener);
        await first.WriteAndFlushAsync(Unpooled.CopiedBuffer("a", Encoding.ASCII));
        await received.ReadAsync().AsTask().WaitAsync(Eventually.Guard);

        (IChannel second, _) = await Connect(server.Listener);

        await second.CloseCompletion.WaitAsync(Eventually.Guard);
        Eventually.Equal(1, () => (int)server.Listener.Statistics.Refused.Values.Sum());
        Assert.True(first.Active);
    }

    [Fact]
    public async Task It_suspends_resumes_and_closes()
    {
        await using OneListener server = await Open();

        await server.Listener.SuspendAsync().WaitAsync(Eventually.Guard);
        await Assert.ThrowsAnyAsync<Exception>(() => Connect(server.Listener));
        await server.Listener.ResumeAsync().WaitAsync(Eventually.Guard);
        (IChannel client, _) = await Connect(server.Listener);
        await server.Listener.CloseAsync().WaitAsync(Eventually.Guard);

        await client.CloseCompletion.WaitAsync(Eventually.Guard);
        Assert.Equal(ListenerState.Closed, server.Listener.State);
    }

    [Fact]
    public async Task A_descriptor_is_nothing_to_it()
    {
        BindException thrown = await Assert.ThrowsAsync<BindException>(() => Open(static options => options.Address = "fd://3"));

        Assert.Contains("this transport has no descriptors", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_acceptors_are_told()
    {
        ListenerOptionsException thrown = await Assert.ThrowsAsync<ListenerOptionsException>(() => Open(static options => options.Acceptors = 2));

        Assert.Contains(thrown.Faults, static fault => fault.ToString().Contains("only sockets can share a port", StringComparison.Ordinal));
    }

    [Fact]
    public void It_and_another_are_a_fault()
    {
        var options = new SocketServerOptions { CustomTransport = new LocalTransport(), Transport = SocketTransport.Sockets };

        Assert.Equal("Server:Transport", Assert.Single(options.Validate()).Option);
    }

    private static Task<OneListener> Open(Action<ListenerOptions>? configure = null) =>
        OneListener.Open(OneListener.Echo, configure, new SocketServerOptions { CustomTransport = new LocalTransport() });

    private async Task<(IChannel Client, System.Threading.Channels.ChannelReader<string> Received)> Connect(Listener listener)
    {
        var received = Channel.CreateUnbounded<string>();
        IChannel client = await new Bootstrap()
            .Group(_clients)
            .Channel<LocalChannel>()
            .Handler(new Receiver(received.Writer))
            .ConnectAsync(listener.Address.EndPoint)
            .WaitAsync(Eventually.Guard);
        return (client, received.Reader);
    }

    private sealed class Receiver(System.Threading.Channels.ChannelWriter<string> received) : SimpleChannelInboundHandler<IByteBuffer>
    {
        protected override void ChannelRead0(IChannelHandlerContext ctx, IByteBuffer msg) => received.TryWrite(msg.ToString(Encoding.ASCII));
    }
}
