using System.Net;
using DotNetty.Buffers;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace Acme.Hosting;

/// <summary>Connects, and connects again for as long as it is wanted.</summary>
public class TcpDialer
{
    private readonly IEventLoopGroup _group = new MultithreadEventLoopGroup(1);
    private readonly Bootstrap _bootstrap = new Bootstrap();
    private readonly TimeSpan _pause;
    private volatile bool _stopped;

    public TcpDialer(TimeSpan pause, Action<IChannelPipeline> configure)
    {
        _pause = pause;
        _bootstrap
            .Group(_group)
            .Channel<TcpSocketChannel>()
            .Option(ChannelOption.TcpNodelay, true)
            .Option(ChannelOption.SoKeepalive, true)
            .Option(ChannelOption.SoBroadcast, true)
            .Option(ChannelOption.Allocator, UnpooledByteBufferAllocator.Default)
            .Option(ChannelOption.ConnectTimeout, TimeSpan.FromSeconds(3))
            .Handler(new ActionChannelInitializer<IChannel>(channel => configure(channel.Pipeline)));
    }

    public event Action<Exception>? AttemptFailed;

    public async Task<IChannel> ConnectAsync(EndPoint remote)
    {
        try
        {
            IChannel channel = await _bootstrap.ConnectAsync(remote);
            return channel;
        }
        catch (ConnectException exception) when (!_stopped)
        {
            AttemptFailed?.Invoke(exception);
            await _group.GetNext().ScheduleAsync(() => { }, _pause);
            return await ConnectAsync(remote);
        }
    }

    public Task StopAsync()
    {
        _stopped = true;
        return _group.ShutdownGracefullyAsync(TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
