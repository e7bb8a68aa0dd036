#nullable disable
using System.Net;

namespace DotNetty.Transport.Channels;

/// <summary>The end of a pipeline that hands operations to the transport.</summary>
internal sealed class HeadHandler(DefaultChannelPipeline pipeline) : ChannelHandlerAdapter
{
    private IChannelUnsafe _transport;

    private IChannelUnsafe Transport => _transport ??= pipeline.Channel.Unsafe;

    public override bool IsSharable => true;

    public override Task BindAsync(IChannelHandlerContext context, EndPoint localAddress) => Transport.BindAsync(localAddress);

    public override Task ConnectAsync(IChannelHandlerContext context, EndPoint remoteAddress, EndPoint localAddress) =>
        Transport.ConnectAsync(remoteAddress, localAddress);

    public override Task DisconnectAsync(IChannelHandlerContext context) => Transport.DisconnectAsync();

    public override Task CloseAsync(IChannelHandlerContext context) => Transport.CloseAsync();

    public override Task DeregisterAsync(IChannelHandlerContext context) => Transport.DeregisterAsync();

    public override void Read(IChannelHandlerContext context) => Transport.BeginRead();

    public override Task WriteAsync(IChannelHandlerContext context, object message) => Transport.WriteAsync(message);

    public override void Write(IChannelHandlerContext context, object message) => Transport.Write(message);

    public override void Flush(IChannelHandlerContext context) => Transport.Flush();
}
