#nullable disable
using System.Net;

namespace DotNetty.Transport.Channels;

/// <summary>The end of a pipeline that hands operations to the transport.</summary>
internal sealed class HeadHandler : ChannelHandlerAdapter
{
    private IChannelUnsafe _transport;

    // Kept: on the hot path the way over context and channel is three calls of interfaces.
    private IChannelUnsafe TransportOf(IChannelHandlerContext context) => _transport ??= context.Channel.Unsafe;

    public override bool IsSharable => true;

    public override Task BindAsync(IChannelHandlerContext context, EndPoint localAddress) => TransportOf(context).BindAsync(localAddress);

    public override Task ConnectAsync(IChannelHandlerContext context, EndPoint remoteAddress, EndPoint localAddress) =>
        TransportOf(context).ConnectAsync(remoteAddress, localAddress);

    public override Task DisconnectAsync(IChannelHandlerContext context) => TransportOf(context).DisconnectAsync();

    public override Task CloseAsync(IChannelHandlerContext context) => TransportOf(context).CloseAsync();

    public override Task DeregisterAsync(IChannelHandlerContext context) => TransportOf(context).DeregisterAsync();

    public override void Read(IChannelHandlerContext context) => TransportOf(context).BeginRead();

    public override Task WriteAsync(IChannelHandlerContext context, object message) => TransportOf(context).WriteAsync(message);

    public override void Write(IChannelHandlerContext context, object message) => TransportOf(context).Write(message);

    public override void Flush(IChannelHandlerContext context) => TransportOf(context).Flush();
}
