#nullable disable
using DotNetty.Buffers;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Codecs;

/// <summary>The end of the input, of the channel, or of the decoder's time in the pipeline.</summary>
public abstract partial class ByteToMessageDecoder
{
    private bool _inputEnd;
    private bool _endDecoded;
    private bool _closed;
    private bool _removalKept;

    public override void ChannelInactive(IChannelHandlerContext ctx)
    {
        _closed = true;
        if (!_busy)
        {
            RunLastTurn(ctx);
        }

        ctx.FireChannelInactive();
    }

    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (evt is not ChannelInputShutdownEvent)
        {
            context.FireUserEventTriggered(evt);
            return;
        }

        // It must not overtake what still waits.
        _inputEnd = true;
        if (!_busy && !_held)
        {
            _active = context.Channel.Active;
            RunTurn(context, null);
        }
    }

    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        if (_busy)
        {
            _removalKept = true;
            return;
        }

        PassRestOn(context);
        HandlerRemovedInternal(context);
    }

    /// <summary>Called once the handler has been removed and what it held has been passed on.</summary>
    protected virtual void HandlerRemovedInternal(IChannelHandlerContext context)
    {
    }

    private void RunLastTurn(IChannelHandlerContext context)
    {
        if (_held)
        {
            Drop();
        }

        _busy = true;
        try
        {
            DecodeEnd(context);
        }
        finally
        {
            EndTurn(context);
        }
    }

    private void EndInputIfOver(IChannelHandlerContext context)
    {
        if (!_inputEnd || _held || context.Removed || _waiting is { Count: > 0 })
        {
            return;
        }

        if (_cumulation is not null && !MayDecode(context, context.Channel))
        {
            return;
        }

        _inputEnd = false;
        DecodeEnd(context);
        context.FireUserEventTriggered(ChannelInputShutdownEvent.Instance);
    }

    private void DecodeEnd(IChannelHandlerContext context)
    {
        if (_endDecoded)
        {
            return;
        }

        _endDecoded = true;
        List<object> output = _output ??= [];
        try
        {
            DecodeLast(context, InternalBuffer, output);
        }
        catch (Exception fault)
        {
            ExceptionCaught(context, fault as DecoderException ?? new DecoderException(fault));
        }

        Fire(context, output);
        ReleaseCumulation();
        if (_produced)
        {
            _produced = false;
            context.FireChannelReadComplete();
        }
    }

    private void PassRestOn(IChannelHandlerContext context)
    {
        bool any = false;
        IByteBuffer rest = _cumulation;
        _cumulation = null;
        _held = false;
        if (rest is not null && rest.IsReadable())
        {
            any = true;
            context.FireChannelRead(rest);
        }
        else
        {
            rest?.Release();
        }

        while (_waiting is not null && _waiting.TryDequeue(out object next))
        {
            any = true;
            context.FireChannelRead(next);
        }

        if (any || _completeKept)
        {
            context.FireChannelReadComplete();
        }

        if (_inputEnd)
        {
            context.FireUserEventTriggered(ChannelInputShutdownEvent.Instance);
        }

        PassReadOn(context);
    }

    // A closed channel delivers nothing more: what is still to be decoded is as if it had never been read.
    private void Drop()
    {
        _held = _inputEnd = _produced = false;
        ReleaseCumulation();
        while (_waiting is not null && _waiting.TryDequeue(out object next))
        {
            ReferenceCountUtil.SafeRelease(next);
        }
    }

    private void ReleaseCumulation()
    {
        IByteBuffer cumulation = _cumulation;
        _cumulation = null;
        cumulation?.Release();
    }
}
