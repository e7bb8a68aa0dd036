using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Compatibility.Tests.Defects;

/// <summary>The published bootstrap takes a child handler that cannot be shared, and resets every connection but the first.</summary>
[Trait("Defect", "D24")]
public sealed class SharedChildHandlerTests : IAsyncLifetime
{
    private readonly MultithreadEventLoopGroup _group = new(1);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Within.Reached(_group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));

    [Fact]
    public async Task A_child_handler_that_cannot_be_shared_is_refused_before_the_first_connection()
    {
        InvalidOperationException refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => BindAsync(new Greeter(shared: false)));

        Assert.Contains("Greeter", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("initializer", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_handler_that_can_be_shared_serves_every_connection()
    {
        IChannel server = await Within.Reached(BindAsync(new Greeter(shared: true)));

        for (int i = 0; i < 3; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync((IPEndPoint)server.LocalAddress).WaitAsync(Within.Guard);

            Assert.Equal(1, await Within.Reached(client.GetStream().ReadAsync(new byte[1]).AsTask()));
        }
    }

    private Task<IChannel> BindAsync(IChannelHandler childHandler) => new ServerBootstrap()
        .Group(_group)
        .Channel<TcpServerSocketChannel>()
        .ChildHandler(childHandler)
        .BindAsync(IPAddress.Loopback, 0);

    private sealed class Greeter(bool shared) : ChannelHandlerAdapter
    {
        public override bool IsSharable => shared;

        public override void ChannelActive(IChannelHandlerContext context) =>
            context.WriteAndFlushAsync(context.Allocator.Buffer(1).WriteByte(1));
    }
}
