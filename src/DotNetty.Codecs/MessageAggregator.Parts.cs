#nullable disable
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs;

/// <content>What is done with each part.</content>
public abstract partial class MessageAggregator<TMessage, TStart, TContent, TOutput>
{
    protected internal override void Decode(IChannelHandlerContext context, TMessage message, List<object> output)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(output);
        if (IsStartMessage(message))
        {
            TakeStart(context, Cast<TStart>(message), output);
        }
        else if (IsContentMessage(message))
        {
            TakeContent(context, Cast<TContent>(message), output);
        }
        else
        {
            throw new MessageAggregationException($"{message} is neither the start of a message nor content.");
        }
    }

    private static T Cast<T>(object message) => (T)message;

    private void TakeStart(IChannelHandlerContext context, TStart start, List<object> output)
    {
        if (_isAggregating)
        {
            ReleaseCurrent();
            throw new MessageAggregationException("A message began before the end of the one before it.");
        }

        object answer = NewContinueResponse(start, MaxContentLength, context.Channel.Pipeline);
        if (answer is not null)
        {
            bool closes = CloseAfterContinueResponse(answer);
            bool ignores = IgnoreContentAfterContinueResponse(answer);
            Answer(context, answer, closes);
            if (closes || ignores)
            {
                return;
            }
        }
        else if (IsContentLengthInvalid(start, MaxContentLength))
        {
            HandleOversizedMessage(context, start);
            return;
        }

        Begin(context, start, output);
    }

    private static void Answer(IChannelHandlerContext context, object answer, bool closes)
    {
        context.Write(answer);
        context.Flush();
        if (closes)
        {
            // What has been flushed is still sent.
            _ = context.CloseAsync();
        }
    }

    private void Begin(IChannelHandlerContext context, TStart start, List<object> output)
    {
        _content = context.Allocator.CompositeBuffer(int.MaxValue);
        try
        {
            if (start is IByteBufferHolder holder)
            {
                AggregatedContent.Append(_content, holder.Content, _maxCumulationBufferComponents);
            }

            _current = BeginAggregation(start, _content);
            _isAggregating = true;
        }
        catch
        {
            _content.Release();
            throw;
        }

        if (start is IDecoderResultProvider { Result.IsSuccess: false })
        {
            Finish(output);
        }
    }

    private void TakeContent(IChannelHandlerContext context, TContent part, List<object> output)
    {
        if (!_isAggregating)
        {
            return;
        }

        if (_content.ReadableBytes > MaxContentLength - part.Content.ReadableBytes)
        {
            RefuseOversized(context);
            return;
        }

        Add(part);
        if (Failed(part) || IsLastContentMessage(part))
        {
            Finish(output);
        }
    }

    private void Add(TContent part)
    {
        try
        {
            AggregatedContent.Append(_content, part.Content, _maxCumulationBufferComponents);
            Aggregate(_current, part);
        }
        catch
        {
            ReleaseCurrent();
            throw;
        }
    }

    private bool Failed(TContent part)
    {
        if (part is not IDecoderResultProvider { Result: { IsSuccess: false } result })
        {
            return false;
        }

        if (_current is IDecoderResultProvider whole)
        {
            whole.Result = DecoderResult.Failure(result.Cause ?? new PrematureChannelClosureException("The content is unfinished."));
        }

        return true;
    }

    private void RefuseOversized(IChannelHandlerContext context)
    {
        TOutput oversized = TakeCurrent();
        try
        {
            HandleOversizedMessage(context, Cast<TStart>(oversized));
        }
        finally
        {
            oversized.Release();
        }
    }

    private void Finish(List<object> output)
    {
        TOutput whole = TakeCurrent();
        try
        {
            FinishAggregation(whole);
        }
        catch
        {
            whole.Release();
            throw;
        }

        output.Add(whole);
    }
}
