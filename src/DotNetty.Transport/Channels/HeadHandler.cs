#nullable disable
using System.Net;
using System.Runtime.CompilerServices;

namespace DotNetty.Transport.Channels;

/// <summary>The end of a pipeline that hands operations to the transport. One serves all pipelines.</summary>
internal sealed class HeadHandler : ChannelHandlerAdapter
{
    public static readonly HeadHandler Default = new();

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

    // Only a pipeline's own first place calls it, several times a message.
    private static IChannelUnsafe TransportOf(IChannelHandlerContext context) => Unsafe.As<ChannelHandlerContext>(context).Pipeline.Transport;
}
