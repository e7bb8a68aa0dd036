using System.Net;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace Acme.Auditing;

/// <summary>Writes down what happens to a connection, in both directions.</summary>
public class AuditHandler : ChannelDuplexHandler
{
    private readonly Action<string> _write;

    public AuditHandler(Action<string> write)
    {
        _write = write;
    }

    public override void HandlerAdded(IChannelHandlerContext context) => _write("added as " + context.Name);

    public override void HandlerRemoved(IChannelHandlerContext context) => _write("removed");

    public override void ChannelRegistered(IChannelHandlerContext context)
    {
        _write("registered");
        base.ChannelRegistered(context);
    }

    public override void ChannelUnregistered(IChannelHandlerContext context)
    {
        _write("unregistered");
        base.ChannelUnregistered(context);
    }

    public override void ChannelActive(IChannelHandlerContext context)
    {
        _write("active");
        context.FireChannelActive();
    }

    public override void ChannelInactive(IChannelHandlerContext context)
    {
        _write("inactive");
        context.FireChannelInactive();
    }

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        _write("read " + message);
        context.FireChannelRead(ReferenceCountUtil.Touch(message, this));
    }

    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        _write("read complete");
        context.FireChannelReadComplete();
    }

    public override void Read(IChannelHandlerContext context)
    {
        _write("wants to read");
        context.Read();
    }

    public override Task WriteAsync(IChannelHandlerContext context, object message)
    {
        _write("write " + message);
        return context.WriteAsync(message);
    }

    public override void Flush(IChannelHandlerContext context)
    {
        _write("flush");
        base.Flush(context);
    }

    public override Task ConnectAsync(IChannelHandlerContext context, EndPoint remoteAddress, EndPoint localAddress)
    {
        _write("connect " + remoteAddress);
        return base.ConnectAsync(context, remoteAddress, localAddress);
    }

    public override async Task CloseAsync(IChannelHandlerContext context)
    {
        _write("close");
        await context.CloseAsync();
        _write("closed");
    }

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
    {
        _write("exception " + exception.Message);
        context.FireExceptionCaught(exception);
    }
}
