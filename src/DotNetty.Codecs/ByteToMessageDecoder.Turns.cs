#nullable disable
using DotNetty.Buffers;
using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs;

/// <summary>
/// A turn: the decoding that one event sets off. What arrives inside a turn waits for its end; what a turn has to leave undecoded is held,
/// with every <c>Read</c> of the stages behind, until the channel is writable again or the loop has served others.
/// </summary>
public abstract partial class ByteToMessageDecoder
{
    private const int MostRoundsATurn = 256;

    private Continuation _continuation;
    private Queue<object> _waiting;
    private int _rounds;
    private bool _busy;
    private bool _held;
    private bool _active;
    private bool _took;
    private bool _produced;
    private bool _ownTurn;
    private bool _readKept;
    private bool _flushKept;
    private bool _completeKept;

    public override void Read(IChannelHandlerContext context)
    {
        if (_busy || _held)
        {
            _readKept = true;
            return;
        }

        context.Read();
    }

    public override void Flush(IChannelHandlerContext context)
    {
        if (_ownTurn)
        {
            _flushKept = true;
            return;
        }

        context.Flush();
    }

    public override void ChannelWritabilityChanged(IChannelHandlerContext context)
    {
        // In a task: the event comes out of somebody's flush, and messages must not arrive inside of it.
        if (_held && context.Channel.IsWritable)
        {
            ContinueLater(context);
        }

        context.FireChannelWritabilityChanged();
    }

    private void RunTurn(IChannelHandlerContext context, object message)
    {
        _busy = true;
        try
        {
            if (message is not null)
            {
                Take(context, message);
            }
            else if (_cumulation is not null)
            {
                DecodeCumulation(context);
            }

            while (!_held && !context.Removed && _waiting is not null && _waiting.TryDequeue(out object next))
            {
                Take(context, next);
            }
        }
        finally
        {
            EndInputIfOver(context);
            EndTurn(context);
        }
    }

    private void EndTurn(IChannelHandlerContext context)
    {
        _busy = false;
        if (_output is { Capacity: > KeptOutputs })
        {
            _output = null;
        }

        if (_closed)
        {
            Drop();
        }

        if (_removalKept)
        {
            _removalKept = false;
            HandlerRemoved(context);
            return;
        }

        if (!_held && _waiting is { Count: > 0 })
        {
            _held = true;
            ContinueLater(context);
        }

        if (_completeKept)
        {
            _completeKept = false;
            ChannelReadComplete(context);
        }

        if (!_ownTurn)
        {
            PassReadOn(context);
        }
    }

    private void PassReadOn(IChannelHandlerContext context)
    {
        if (_readKept && !_held)
        {
            _readKept = false;
            context.Read();
        }
    }

    private void Take(IChannelHandlerContext context, object message)
    {
        if (message is not IByteBuffer input)
        {
            _produced = true;
            context.FireChannelRead(message);
            return;
        }

        _took = true;
        _endDecoded = false;
        _cumulation = _cumulation is null ? input : _cumulate(context.Allocator, _cumulation, input);
        DecodeCumulation(context);
    }

    private void DecodeCumulation(IChannelHandlerContext context)
    {
        List<object> output = _output ??= [];
        int before = _cumulation.ReadableBytes;
        bool done = false;
        try
        {
            CallDecode(context, _cumulation, output);
            done = true;
        }
        catch (Exception fault) when (fault is not DecoderException)
        {
            throw new DecoderException(fault);
        }
        finally
        {
            Fire(context, output);
            int rest = ReleaseIfRead();
            if (!done && rest > 0 && rest < before && !_held)
            {
                // It read past what it complained about: what stands behind is not to wait for bytes that may never come.
                _held = true;
                ContinueLater(context);
            }
        }
    }

    /// <summary>False where bytes stay undecoded for now: the channel is not writable, has closed meanwhile, or others are to have their turn.</summary>
    private protected bool MayDecode(IChannelHandlerContext context, IChannel channel)
    {
        if (_rounds < MostRoundsATurn && channel.IsWritable)
        {
            return true;
        }

        // A channel that was not active when the bytes came is at its end, or has not begun: what comes then is all decoded.
        if (!_active)
        {
            return true;
        }

        _held = true;
        if (channel.IsWritable)
        {
            ContinueLater(context);
        }

        return false;
    }

    private int ReleaseIfRead()
    {
        int rest = _cumulation?.ReadableBytes ?? 0;
        if (rest == 0)
        {
            ReleaseCumulation();
        }

        return rest;
    }

    private void ContinueLater(IChannelHandlerContext context) => (_continuation ??= new Continuation(this, context)).Start();

    /// <summary>A turn of its own. Like a round of the transport it ends with one flush, however many were asked for.</summary>
    private void Continue(IChannelHandlerContext context)
    {
        // Not writable again, it waits for the next change; closed, it waits for the end.
        if (!_held || _busy || context.Removed || (_active && !context.Channel.IsWritable))
        {
            return;
        }

        _held = false;
        _rounds = 0;
        _ownTurn = true;
        try
        {
            RunOwnTurn(context);
        }
        finally
        {
            _ownTurn = false;
            PassFlushOn(context);
            PassReadOn(context);
        }
    }

    private void RunOwnTurn(IChannelHandlerContext context)
    {
        try
        {
            RunTurn(context, null);
        }
        catch (Exception fault)
        {
            ExceptionCaught(context, fault);
        }

        if (!context.Removed)
        {
            ChannelReadComplete(context);
        }
    }

    private void PassFlushOn(IChannelHandlerContext context)
    {
        if (_flushKept)
        {
            _flushKept = false;
            context.Flush();
        }
    }

    /// <summary>The task in which a decoder goes on; one a decoder, made when it is first needed.</summary>
    private sealed class Continuation(ByteToMessageDecoder decoder, IChannelHandlerContext context) : IRunnable
    {
        private bool _started;

        public void Start()
        {
            if (_started)
            {
                return;
            }

            _started = true;
            try
            {
                context.Executor.Execute(this);
            }
            catch (RejectedExecutionException)
            {
                // The loop has ended and the channel with it: what is held is released there.
            }
        }

        public void Run()
        {
            _started = false;
            decoder.Continue(context);
        }
    }
}
