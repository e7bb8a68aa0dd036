using System.Net.Sockets;
using System.Text;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class UnixSocketTests : LeakFreeTests
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock");

    public override void Dispose()
    {
        File.Delete(_path);
        base.Dispose();
    }

    [Fact]
    public async Task Both_sides_talk_over_a_unix_socket()
    {
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RealServer server = await RealServer.StartAsync(
            static () => new Lambda { OnRead = static (context, message) => context.WriteAndFlushAsync(message) },
            new UnixDomainSocketEndPoint(_path));
        IChannel client = await Within.Reached(new Bootstrap()
            .Group(server.Group)
            .ChannelFactory(static () => new TcpSocketChannel(AddressFamily.Unix))
            .Handler(new Lambda
            {
                OnRead = (_, message) =>
                {
                    received.TrySetResult(((DotNetty.Buffers.IByteBuffer)message).ToString(Encoding.ASCII));
                    DotNetty.Common.Utilities.ReferenceCountUtil.Release(message);
                },
            })
            .ConnectAsync(new UnixDomainSocketEndPoint(_path)));

        await Within.Reached(client.WriteAndFlushAsync(ScriptedChannel.Bytes("hello")));

        Assert.Equal("hello", await Within.Reached(received.Task));
        await Within.Reached(client.CloseAsync());
    }

    [Fact]
    public async Task A_unix_connection_can_be_closed_forcibly()
    {
        await using RealServer server = await RealServer.StartAsync(address: new UnixDomainSocketEndPoint(_path));
        Socket client = await server.ConnectAsync();
        IChannel channel = await server.AcceptedAsync();

        channel.Unsafe.CloseForcibly();

        Assert.Empty(await client.ReceiveToEndAsync());
        await Within.Reached(channel.CloseCompletion);
    }

    [Fact]
    public async Task Options_of_TCP_are_no_error_on_a_unix_socket()
    {
        await using RealServer server = await RealServer.StartAsync(address: new UnixDomainSocketEndPoint(_path));
        await server.ConnectAsync();
        IChannel channel = await server.AcceptedAsync();

        Assert.True(channel.Configuration.SetOption(ChannelOption.TcpNodelay, true));
        Assert.False(channel.Configuration.GetOption(ChannelOption.TcpNodelay));
    }
}
