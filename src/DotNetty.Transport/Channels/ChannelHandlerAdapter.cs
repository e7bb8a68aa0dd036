#nullable disable
using System.Net;

namespace DotNetty.Transport.Channels;

/// <summary>A handler that passes every event on. What is not overridden is jumped over and costs nothing.</summary>
public class ChannelHandlerAdapter : IChannelHandler
{
    internal bool Added;

    /// <summary>True when one instance may stand in several pipelines. Default: false.</summary>
    public virtual bool IsSharable => false;

    [Skip]
    public virtual void ChannelRegistered(IChannelHandlerContext context) => context.FireChannelRegistered();

    [Skip]
    public virtual void ChannelUnregistered(IChannelHandlerContext context) => context.FireChannelUnregistered();

    [Skip]
    public virtual void ChannelActive(IChannelHandlerContext context) => context.FireChannelActive();

    [Skip]
    public virtual void ChannelInactive(IChannelHandlerContext context) => context.FireChannelInactive();

    [Skip]
    public virtual void ChannelRead(IChannelHandlerContext context, object message) => context.FireChannelRead(message);

    [Skip]
    public virtual void ChannelReadComplete(IChannelHandlerContext context) => context.FireChannelReadComplete();

    [Skip]
    public virtual void ChannelWritabilityChanged(IChannelHandlerContext context) => context.FireChannelWritabilityChanged();

    public virtual void HandlerAdded(IChannelHandlerContext context)
    {
    }

    public virtual void HandlerRemoved(IChannelHandlerContext context)
    {
    }

    [Skip]
    public virtual void UserEventTriggered(IChannelHandlerContext context, object evt) => context.FireUserEventTriggered(evt);

    [Skip]
    public virtual Task WriteAsync(IChannelHandlerContext context, object message) => context.WriteAsync(message);

    /// <inheritdoc cref="IChannelHandler.Write"/>
    /// <remarks>Who overrides this overrides <see cref="WriteAsync"/> too; the pipeline refuses a handler that does not.</remarks>
    [Skip]
    public virtual void Write(IChannelHandlerContext context, object message) => context.Write(message);

    [Skip]
    public virtual void Flush(IChannelHandlerContext context) => context.Flush();

    [Skip]
    public virtual Task BindAsync(IChannelHandlerContext context, EndPoint localAddress) => context.BindAsync(localAddress);

    [Skip]
    public virtual Task ConnectAsync(IChannelHandlerContext context, EndPoint remoteAddress, EndPoint localAddress) =>
        context.ConnectAsync(remoteAddress, localAddress);

    [Skip]
    public virtual Task DisconnectAsync(IChannelHandlerContext context) => context.DisconnectAsync();

    [Skip]
    public virtual Task CloseAsync(IChannelHandlerContext context) => context.CloseAsync();

    [Skip]
    public virtual void ExceptionCaught(IChannelHandlerContext context, Exception exception) => context.FireExceptionCaught(exception);

    [Skip]
    public virtual Task DeregisterAsync(IChannelHandlerContext context) => context.DeregisterAsync();

    [Skip]
    public virtual void Read(IChannelHandlerContext context) => context.Read();

    /// <exception cref="InvalidOperationException">The handler says it is sharable.</exception>
    protected void EnsureNotSharable()
    {
        if (IsSharable)
        {
            throw new InvalidOperationException($"{GetType().Name} keeps state of one connection and cannot be sharable.");
        }
    }
}
