using System.Net;
using System.Net.Sockets;
using Acme.Hosting;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Compatibility.Tests.Corpus.Hosting;

public sealed class HostingTests
{
    [Fact]
    public async Task The_options_and_attributes_of_a_host_are_its_connections()
    {
        var accepted = new TaskCompletionSource<IChannel>();
        var host = new TcpHost(new ActionChannelInitializer<ISocketChannel>(channel => accepted.TrySetResult(channel)));
        await Within.Reached(host.StartAsync());
        using var client = new TcpClient();

        await client.ConnectAsync(host.Address).WaitAsync(Within.Guard);
        IChannel child = await Within.Reached(accepted.Task);

        IChannelConfiguration configuration = child.Configuration;
        Assert.Equal("main", child.GetAttribute(TcpHost.ListenerName).Get());
        Assert.Same(host.Listener, child.Parent);
        Assert.Same(PooledByteBufferAllocator.Default, configuration.Allocator);
        Assert.IsType<AdaptiveRecvByteBufAllocator>(configuration.RecvByteBufAllocator);
        Assert.Equal((128 * 1024, 32 * 1024), (configuration.WriteBufferHighWaterMark, configuration.WriteBufferLowWaterMark));
        Assert.Equal((8, true), (configuration.WriteSpinCount, configuration.AutoRead));
        Assert.True(configuration.GetOption(ChannelOption.TcpNodelay));
        Assert.True(configuration.GetOption(ChannelOption.SoKeepalive));
        Assert.True(host.Listener!.Configuration.GetOption(ChannelOption.SoReuseaddr));
        await Within.Reached(host.StopAsync());
        Assert.False(host.Listener.Open);
    }

    [Fact]
    public async Task A_dialer_connects_once_somebody_listens()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var failed = new TaskCompletionSource<Exception>();
        var dialer = new TcpDialer(TimeSpan.FromMilliseconds(1), _ => { });
        dialer.AttemptFailed += exception => failed.TrySetResult(exception);

        Task<IChannel> connecting = dialer.ConnectAsync(listener.LocalEndPoint!);
        await Within.Reached(failed.Task);
        listener.Listen();
        IChannel channel = await Within.Reached(connecting);

        Assert.Equal(listener.LocalEndPoint, channel.RemoteAddress);
        Assert.IsType<ConnectException>(await failed.Task, exactMatch: false);
        await Within.Reached(dialer.StopAsync());
    }
}
