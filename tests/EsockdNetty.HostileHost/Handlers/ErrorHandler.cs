using DotNetty.Buffers;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace EsockdNetty.HostileHost.Handlers;

/// <summary>Answers the first message with an error and closes, whatever the peer is still sending.</summary>
internal sealed class ErrorHandler : ChannelHandlerAdapter
{
    public override bool IsSharable => true;

    /// <summary>What it says.</summary>
    public static ReadOnlyMemory<byte> Error { get; } = "-ERR not understood\r\n"u8.ToArray();

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        ReferenceCountUtil.Release(message);
        context.Write(Unpooled.WrappedBuffer(Error.ToArray()));
        context.Flush();
        _ = context.CloseAsync();
    }
}
