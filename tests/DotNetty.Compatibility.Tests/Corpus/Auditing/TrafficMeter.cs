using System.Net;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace Acme.Auditing;

/// <summary>Counts bytes of all connections; written against the interface, one instance for all.</summary>
public class TrafficMeter : IChannelHandler
{
    private long _received;
    private long _sent;

    public long Received => Interlocked.Read(ref _received);

    public long Sent => Interlocked.Read(ref _sent);

    public void ChannelRegistered(IChannelHandlerContext context) => context.FireChannelRegistered();

    public void ChannelUnregistered(IChannelHandlerContext context) => context.FireChannelUnregistered();

    public void ChannelActive(IChannelHandlerContext context) => context.FireChannelActive();

    public void ChannelInactive(IChannelHandlerContext context) => context.FireChannelInactive();

    public void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (message is IByteBuffer buffer)
        {
            Interlocked.Add(ref _received, buffer.ReadableBytes);
        }

        context.FireChannelRead(message);
    }

    public void ChannelReadComplete(IChannelHandlerContext context) => context.FireChannelReadComplete();

    public void ChannelWritabilityChanged(IChannelHandlerContext context) => context.FireChannelWritabilityChanged();

    public void HandlerAdded(IChannelHandlerContext context)
    {
    }

    public void HandlerRemoved(IChannelHandlerContext context)
    {
    }

    public Task WriteAsync(IChannelHandlerContext context, object message)
    {
        if (message is IByteBuffer buffer)
        {
            Interlocked.Add(ref _sent, buffer.ReadableBytes);
        }

        return context.WriteAsync(message);
    }

    public void Flush(IChannelHandlerContext context) => context.Flush();

    public Task BindAsync(IChannelHandlerContext context, EndPoint localAddress) => context.BindAsync(localAddress);

    public Task ConnectAsync(IChannelHandlerContext context, EndPoint remoteAddress, EndPoint localAddress) => context.ConnectAsync(remoteAddress, localAddress);

    public Task DisconnectAsync(IChannelHandlerContext context) => context.DisconnectAsync();

    public Task CloseAsync(IChannelHandlerContext context) => context.CloseAsync();

    public void ExceptionCaught(IChannelHandlerContext context, Exception exception) => context.FireExceptionCaught(exception);

    public Task DeregisterAsync(IChannelHandlerContext context) => context.DeregisterAsync();

    public void Read(IChannelHandlerContext context) => context.Read();

    public void UserEventTriggered(IChannelHandlerContext context, object evt) => context.FireUserEventTriggered(evt);
}
