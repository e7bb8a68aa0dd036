#nullable disable
using DotNetty.Buffers;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs;

/// <summary>
/// Turns outgoing messages of one type into bytes. A failure fails that write alone: its message is released, nothing of it is sent.
/// </summary>
public abstract class MessageToByteEncoder<T> : ChannelHandlerAdapter
{
    /// <summary>True for the messages this encoder takes; others pass it by. Default: those of type <typeparamref name="T"/>.</summary>
    public virtual bool AcceptOutboundMessage(object message) => message is T;

    public override Task WriteAsync(IChannelHandlerContext context, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            return context.WriteAsync(AcceptOutboundMessage(message) ? EncodeToBuffer(context, message) : message);
        }
        catch (Exception fault)
        {
            return Task.FromException(fault);
        }
    }

    public override void Write(IChannelHandlerContext context, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Write(AcceptOutboundMessage(message) ? EncodeToBuffer(context, message) : message);
    }

    /// <summary>The buffer to encode into. Default: the channel's usual one of 256 bytes, which grows.</summary>
    protected virtual IByteBuffer AllocateBuffer(IChannelHandlerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Allocator.Buffer();
    }

    /// <summary>Writes <paramref name="message"/>, which is released after, into <paramref name="output"/>.</summary>
    protected abstract void Encode(IChannelHandlerContext context, T message, IByteBuffer output);

    private IByteBuffer EncodeToBuffer(IChannelHandlerContext context, object message)
    {
        IByteBuffer output = null;
        try
        {
            output = AllocateBuffer(context);
            Encode(context, (T)message, output);
            return output;
        }
        catch (Exception fault)
        {
            output?.SafeRelease();
            if (fault is EncoderException)
            {
                throw;
            }

            throw new EncoderException(fault);
        }
        finally
        {
            ReferenceCountUtil.SafeRelease(message);
        }
    }
}
