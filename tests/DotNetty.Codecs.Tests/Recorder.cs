using DotNetty.Buffers;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs.Tests;

/// <summary>Writes down in order what reaches it, and releases it; a test may act on it.</summary>
internal sealed class Recorder(Action<IChannelHandlerContext, object>? onRead = null) : ChannelHandlerAdapter
{
    public List<string> Log { get; } = [];

    public string Story => string.Join(' ', Log);

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        Log.Add(message is IByteBuffer buffer ? $"[{ByteBufferUtil.HexDump(buffer)}]" : $"{message}");
        ReferenceCountUtil.Release(message);
        onRead?.Invoke(context, message);
    }

    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        Log.Add("complete");
        context.FireChannelReadComplete();
    }

    public override void ChannelInactive(IChannelHandlerContext context)
    {
        Log.Add("inactive");
        context.FireChannelInactive();
    }

    public override void UserEventTriggered(IChannelHandlerContext context, object evt) => Log.Add(evt.GetType().Name);

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => Log.Add(exception.GetType().Name);
}
