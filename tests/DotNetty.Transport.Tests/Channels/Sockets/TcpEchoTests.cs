using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class TcpEchoTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(5000)]
    [InlineData(3_000_000)]
    public async Task Echoes_every_byte_to_a_plain_socket(int size)
    {
        var group = new MultithreadEventLoopGroup(2);
        IChannel server = await new ServerBootstrap()
            .Group(group)
            .Channel<TcpServerSocketChannel>()
            .ChildHandler(new ActionChannelInitializer<IChannel>(channel => channel.Pipeline.AddLast(new Echo())))
            .BindAsync(IPAddress.Loopback, 0)
            .WaitAsync(Guard);
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)server.LocalAddress).WaitAsync(Guard);
        byte[] sent = new byte[size];
        Random.Shared.NextBytes(sent);

        NetworkStream stream = client.GetStream();
        Task sending = stream.WriteAsync(sent).AsTask();
        byte[] received = new byte[size];
        await stream.ReadExactlyAsync(received).AsTask().WaitAsync(Guard);
        await sending;

        Assert.Equal(sent, received);
        await group.ShutdownGracefullyAsync(TimeSpan.Zero, Guard).WaitAsync(Guard);
    }

    private sealed class Echo : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message) => context.Write(message);

        public override void ChannelReadComplete(IChannelHandlerContext context) => context.Flush();
    }
}
