#nullable disable
using DotNetty.Common;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs;

/// <summary>Turns incoming messages of one type into others. A message that becomes none makes it ask for another read.</summary>
public abstract class MessageToMessageDecoder<T> : ChannelHandlerAdapter
{
    /// <summary>True for the messages this decoder takes; others pass it by. Default: those of type <typeparamref name="T"/>.</summary>
    public virtual bool AcceptInboundMessage(object msg) => msg is T;

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!AcceptInboundMessage(message))
        {
            context.FireChannelRead(message);
            return;
        }

        ThreadLocalObjectList output = ThreadLocalObjectList.NewInstance();
        try
        {
            DecodeInto(context, message, output);
            AskAgainIfEmpty(context, output);
        }
        finally
        {
            // Also when the decoder failed half-way: what it made before is whole.
            for (int i = 0; i < output.Count; i++)
            {
                context.FireChannelRead(output[i]);
            }

            output.Return();
        }
    }

    /// <summary>Adds what <paramref name="message"/> becomes to <paramref name="output"/>. What goes on is retained: the message is released after.</summary>
    protected internal abstract void Decode(IChannelHandlerContext context, T message, List<object> output);

    private void DecodeInto(IChannelHandlerContext context, object message, ThreadLocalObjectList output)
    {
        try
        {
            Decode(context, (T)message, output);
        }
        catch (Exception fault) when (fault is not DecoderException)
        {
            throw new DecoderException(fault);
        }
        finally
        {
            ReferenceCountUtil.SafeRelease(message);
        }
    }

    // Whoever asked for the read that brought this message still waits for one.
    private static void AskAgainIfEmpty(IChannelHandlerContext context, ThreadLocalObjectList output)
    {
        if (output.Count == 0 && !context.Channel.Configuration.AutoRead)
        {
            context.Read();
        }
    }
}
