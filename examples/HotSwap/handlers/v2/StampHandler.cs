using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace Handlers;

/// <summary>New in this version: each line that goes out begins with "v2 ".</summary>
internal sealed class StampHandler : ChannelHandlerAdapter
{
    private static readonly byte[] Stamp = Encoding.ASCII.GetBytes("v2 ");

    public override Task WriteAsync(IChannelHandlerContext context, object message) => context.WriteAsync(Stamped(context, message));

    public override void Write(IChannelHandlerContext context, object message) => context.Write(Stamped(context, message));

    // The line is handed on with the reference that came with it: the composite releases it.
    private static CompositeByteBuffer Stamped(IChannelHandlerContext context, object message) =>
        context.Allocator.CompositeBuffer(2).AddComponents(true, Unpooled.WrappedBuffer(Stamp), (IByteBuffer)message);
}
