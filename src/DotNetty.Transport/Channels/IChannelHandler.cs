#nullable disable
using System.Net;

namespace DotNetty.Transport.Channels;

/// <summary>
/// One stage of a pipeline. Inbound events come from the transport and go towards the tail, outbound ones come from the application and go
/// towards the head. A handler that does not pass an event on ends it there. Derive from <see cref="ChannelHandlerAdapter"/> rather than
/// implement this: events it does not override cost nothing.
/// </summary>
public interface IChannelHandler
{
    void ChannelRegistered(IChannelHandlerContext context);

    void ChannelUnregistered(IChannelHandlerContext context);

    void ChannelActive(IChannelHandlerContext context);

    void ChannelInactive(IChannelHandlerContext context);

    /// <summary>A message came in. Whoever receives it owns it: pass it on, or release it.</summary>
    void ChannelRead(IChannelHandlerContext context, object message);

    /// <summary>The messages of one read are through.</summary>
    void ChannelReadComplete(IChannelHandlerContext context);

    void ChannelWritabilityChanged(IChannelHandlerContext context);

    void HandlerAdded(IChannelHandlerContext context);

    void HandlerRemoved(IChannelHandlerContext context);

    /// <summary>Sends a message down; the task completes when its bytes have been given to the system, or faults.</summary>
    Task WriteAsync(IChannelHandlerContext context, object message);

    /// <summary>
    /// Sends a message down without a promise; a failure fires <see cref="ExceptionCaught"/> and closes the channel. A handler that knows only
    /// <see cref="WriteAsync"/> is called by that, and its task is observed.
    /// </summary>
    [Skip]
    void Write(IChannelHandlerContext context, object message) => WriteOutcome.Observe(WriteAsync(context, message), context);

    void Flush(IChannelHandlerContext context);

    Task BindAsync(IChannelHandlerContext context, EndPoint localAddress);

    Task ConnectAsync(IChannelHandlerContext context, EndPoint remoteAddress, EndPoint localAddress);

    Task DisconnectAsync(IChannelHandlerContext context);

    Task CloseAsync(IChannelHandlerContext context);

    void ExceptionCaught(IChannelHandlerContext context, Exception exception);

    Task DeregisterAsync(IChannelHandlerContext context);

    /// <summary>The transport is asked for one read. A stage that is not ready keeps the request and passes it on when it is.</summary>
    void Read(IChannelHandlerContext context);

    void UserEventTriggered(IChannelHandlerContext context, object evt);
}
