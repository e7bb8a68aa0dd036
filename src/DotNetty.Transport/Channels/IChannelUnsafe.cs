#nullable disable
using System.Net;

namespace DotNetty.Transport.Channels;

/// <summary>What the head of the pipeline asks of the transport. Only transports call it, on the channel's loop.</summary>
public interface IChannelUnsafe
{
    IRecvByteBufAllocatorHandle RecvBufAllocHandle { get; }

    ChannelOutboundBuffer OutboundBuffer { get; }

    Task RegisterAsync(IEventLoop eventLoop);

    Task DeregisterAsync();

    Task BindAsync(EndPoint localAddress);

    Task ConnectAsync(EndPoint remoteAddress, EndPoint localAddress);

    Task DisconnectAsync();

    Task CloseAsync();

    /// <summary>Closes at once, without sending anything more; a connection is reset.</summary>
    void CloseForcibly();

    void BeginRead();

    Task WriteAsync(object message);

    /// <summary>Queues a message that has no promise.</summary>
    void Write(object message) => _ = WriteAsync(message);

    void Flush();
}
