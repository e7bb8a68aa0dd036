using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs.Tests;

internal delegate void DecodeStep(IChannelHandlerContext context, IByteBuffer input, List<object> output);

/// <summary>A decoder whose steps a test writes. Without one it turns each byte into a number.</summary>
internal sealed class ScriptedDecoder(DecodeStep? decode = null, DecodeStep? last = null) : ByteToMessageDecoder
{
    public int Decodes { get; private set; }

    public int RemovalsTold { get; private set; }

    public List<int> RestsSeenLast { get; } = [];

    public IByteBuffer Waiting => InternalBuffer;

    public int WaitingBytes => ActualReadableBytes;

    /// <summary>One number a byte.</summary>
    public static void Byte(IChannelHandlerContext context, IByteBuffer input, List<object> output) => output.Add((int)input.ReadByte());

    /// <summary>One number two bytes.</summary>
    public static void Pair(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        if (input.ReadableBytes >= 2)
        {
            output.Add((int)input.ReadUnsignedShort());
        }
    }

    public void Discard() => DiscardSomeReadBytes();

    protected internal override void Decode(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        Decodes++;
        (decode ?? Byte)(context, input, output);
    }

    protected override void DecodeLast(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        RestsSeenLast.Add(input.ReadableBytes);
        if (last is not null)
        {
            last(context, input, output);
        }
        else
        {
            base.DecodeLast(context, input, output);
        }
    }

    protected override void HandlerRemovedInternal(IChannelHandlerContext context) => RemovalsTold++;
}
