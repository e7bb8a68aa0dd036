using DotNetty.Buffers;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace EsockdNetty.HostileHost.Handlers;

/// <summary>Answers an empty packet, which is two bytes on the wire, with the longest that packet type 2 can carry; others with themselves.</summary>
internal sealed class ReplierHandler : ChannelHandlerAdapter
{
    /// <summary>64 KiB with its header.</summary>
    public const int ReplyLength = ushort.MaxValue - 1;

    public override bool IsSharable => true;

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (((IByteBuffer)message).IsReadable())
        {
            context.Write(message);
            return;
        }

        ReferenceCountUtil.Release(message);
        context.Write(context.Allocator.Buffer(ReplyLength).SetWriterIndex(ReplyLength));
    }

    public override void ChannelReadComplete(IChannelHandlerContext context) => context.Flush();
}
