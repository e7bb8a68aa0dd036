#nullable disable
using System.Net;
using DotNetty.Buffers;
using DotNetty.Common.Concurrency;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>A handler's place in a pipeline. Its <c>Fire…</c> members speak to the next inbound handler, the others to the next outbound one.</summary>
public interface IChannelHandlerContext : IAttributeMap
{
    IChannel Channel { get; }

    IByteBufferAllocator Allocator { get; }

    /// <summary>Runs this handler's events: the channel's loop, or the executor it was added with.</summary>
    IEventExecutor Executor { get; }

    string Name { get; }

    IChannelHandler Handler { get; }

    bool Removed { get; }

    IChannelHandlerContext FireChannelRegistered();

    IChannelHandlerContext FireChannelUnregistered();

    IChannelHandlerContext FireChannelActive();

    IChannelHandlerContext FireChannelInactive();

    IChannelHandlerContext FireChannelRead(object message);

    IChannelHandlerContext FireChannelReadComplete();

    IChannelHandlerContext FireChannelWritabilityChanged();

    IChannelHandlerContext FireExceptionCaught(Exception ex);

    IChannelHandlerContext FireUserEventTriggered(object evt);

    IChannelHandlerContext Read();

    Task WriteAsync(object message);

    /// <inheritdoc cref="IChannelHandler.Write"/>
    void Write(object message) => WriteOutcome.Observe(WriteAsync(message), this);

    IChannelHandlerContext Flush();

    Task WriteAndFlushAsync(object message);

    Task BindAsync(EndPoint localAddress);

    Task ConnectAsync(EndPoint remoteAddress);

    Task ConnectAsync(EndPoint remoteAddress, EndPoint localAddress);

    Task DisconnectAsync();

    Task CloseAsync();

    Task DeregisterAsync();
}
