#nullable disable
using System.Net;
using DotNetty.Buffers;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>A connection, a listening socket, or a stand-in for one. It belongs to one event loop for life.</summary>
public interface IChannel : IAttributeMap, IComparable<IChannel>
{
    IChannelId Id { get; }

    IByteBufferAllocator Allocator { get; }

    IEventLoop EventLoop { get; }

    /// <summary>The channel that accepted this one, or null.</summary>
    IChannel Parent { get; }

    /// <summary>True until the channel has been closed to the end.</summary>
    bool Open { get; }

    /// <summary>True while the channel is connected (or bound and listening) and nobody has begun to close it.</summary>
    bool Active { get; }

    bool Registered { get; }

    ChannelMetadata Metadata { get; }

    EndPoint LocalAddress { get; }

    EndPoint RemoteAddress { get; }

    /// <summary>False while more bytes wait to be sent than the high water mark, until they fall below the low one.</summary>
    bool IsWritable { get; }

    IChannelUnsafe Unsafe { get; }

    IChannelPipeline Pipeline { get; }

    IChannelConfiguration Configuration { get; }

    /// <summary>Completes when the channel has been closed to the end, whatever ended it.</summary>
    Task CloseCompletion { get; }

    Task DeregisterAsync();

    Task BindAsync(EndPoint localAddress);

    Task ConnectAsync(EndPoint remoteAddress);

    Task ConnectAsync(EndPoint remoteAddress, EndPoint localAddress);

    Task DisconnectAsync();

    /// <summary>Sends what was flushed, within a deadline, then closes.</summary>
    Task CloseAsync();

    IChannel Read();

    Task WriteAsync(object message);

    /// <inheritdoc cref="IChannelHandler.Write"/>
    void Write(object message) => Pipeline.Write(message);

    IChannel Flush();

    Task WriteAndFlushAsync(object message);
}
