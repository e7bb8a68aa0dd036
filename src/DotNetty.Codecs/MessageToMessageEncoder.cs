#nullable disable
using DotNetty.Common;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs;

/// <summary>
/// Turns outgoing messages of one type into others. A failure fails that write alone: its message is released, nothing of it is sent.
/// </summary>
public abstract class MessageToMessageEncoder<T> : ChannelHandlerAdapter
{
    /// <summary>True for the messages this encoder takes; others pass it by. Default: those of type <typeparamref name="T"/>.</summary>
    public virtual bool AcceptOutboundMessage(object msg) => msg is T;

    /// <inheritdoc/>
    /// <remarks>The task is the last part's: parts leave in order, and one that fails closes the channel.</remarks>
    public override Task WriteAsync(IChannelHandlerContext ctx, object msg)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        try
        {
            return AcceptOutboundMessage(msg) ? ctx.WriteAsync(EncodeAndWriteAllButLast(ctx, msg)) : ctx.WriteAsync(msg);
        }
        catch (Exception fault)
        {
            return Task.FromException(fault);
        }
    }

    public override void Write(IChannelHandlerContext context, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Write(AcceptOutboundMessage(message) ? EncodeAndWriteAllButLast(context, message) : message);
    }

    /// <summary>Adds at least one message to <paramref name="output"/>. What goes out again is retained: <paramref name="message"/> is released after.</summary>
    protected internal abstract void Encode(IChannelHandlerContext context, T message, List<object> output);

    private object EncodeAndWriteAllButLast(IChannelHandlerContext context, object message)
    {
        ThreadLocalObjectList output = ThreadLocalObjectList.NewInstance();
        try
        {
            EncodeInto(context, message, output);
            int last = output.Count - 1;
            for (int i = 0; i < last; i++)
            {
                context.Write(output[i]);
            }

            return output[last];
        }
        finally
        {
            output.Return();
        }
    }

    private void EncodeInto(IChannelHandlerContext context, object message, ThreadLocalObjectList output)
    {
        try
        {
            Encode(context, (T)message, output);
            CheckProduced(output);
        }
        catch (Exception fault)
        {
            output.ForEach(ReferenceCountUtil.SafeRelease);
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

    private void CheckProduced(ThreadLocalObjectList output)
    {
        if (output.Count == 0)
        {
            throw new EncoderException($"{StringUtil.SimpleClassName(this)}.Encode produced no message.");
        }
    }
}
