using System.Buffers;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Handlers.Tls;

/// <summary>Ciphertext in, plaintext on; and the requests for more.</summary>
public sealed partial class TlsHandler
{
    private static readonly TlsEngineFactory DefaultEngine =
        static (settings, plaintext, ciphertext, streamFactory) => new SslStreamEngine(settings, plaintext, ciphertext, streamFactory);

    private ITlsEngine? _engine;
    private BufferSink? _plaintext;
    private BufferSink? _ciphertext;
    private bool _readWanted;
    private bool _delivered;
    private bool _holding;
    private bool _endReceived;
    private bool _inputEnded;
    private bool _flushWanted;

    private void Prepare(IChannelHandlerContext context)
    {
        _plaintext = new BufferSink(context.Allocator);
        _ciphertext = new BufferSink(context.Allocator);
        _queue = new PlaintextQueue(context.Channel);
        try
        {
            _engine = _engineFactory(_settings, _plaintext, _ciphertext, _sslStreamFactory);
        }
        catch
        {
            // The pipeline goes on without a handler that could not be added: this connection must not, in the clear.
            context.Channel.Unsafe.CloseForcibly();
            throw;
        }
    }

    private void Receive(IChannelHandlerContext context, IByteBuffer input)
    {
        if (_engine == null || _disposeWanted)
        {
            input.SkipBytes(input.ReadableBytes);
            return;
        }

        ReceiveAll(_engine, input);
        AfterPump(context);
    }

    // All of it is consumed before the first event is fired: a handler may bring more from within one.
    private static void ReceiveAll(ITlsEngine engine, IByteBuffer input)
    {
        if (input.IsContiguous)
        {
            engine.Receive(input.ReadableMemory);
            input.SkipBytes(input.ReadableBytes);
            return;
        }

        foreach (ReadOnlyMemory<byte> part in input.ReadableSequence)
        {
            if (engine.State == TlsEngineState.WantsVerification)
            {
                return;
            }

            engine.Receive(part);
            input.SkipBytes(part.Length);
        }
    }

    private void AfterPump(IChannelHandlerContext context)
    {
        WriteCiphertext(context);
        _plaintext?.Complete();
        ObserveHandshake(context);
        Deliver(context);
        ReportFailure(context);
    }

    private void Deliver(IChannelHandlerContext context)
    {
        _holding = MustHold(context);
        while (!_holding && _plaintext?.Take() is { } message)
        {
            DeliverOne(context, message);
        }

        if (!_holding && !_inputEnded && _engine is { IsInputClosed: true } && context.Channel.Active)
        {
            EndInput(context);
        }
    }

    // Bytes that came with the handshake's end wait for the first Read where nobody has asked yet.
    private bool MustHold(IChannelHandlerContext context) =>
        !_readWanted && !_delivered && _closing == null && _plaintext is { HasReady: true } && context.Channel.Active;

    // A Read is answered by the first message of a round; the others come with it.
    private void DeliverOne(IChannelHandlerContext context, IByteBuffer message)
    {
        if (_closing != null || _disposeWanted)
        {
            message.Release();
            return;
        }

        if (!_delivered)
        {
            _delivered = true;
            _readWanted = false;
        }

        context.FireChannelRead(message);
    }

    private void DeliverHeld(IChannelHandlerContext context)
    {
        if (!_holding || context.Removed)
        {
            return;
        }

        Deliver(context);
        bool delivered = _delivered;
        ChannelReadComplete(context);
        AskAgain(context.Channel, delivered);
    }

    private void DecodeRest(IChannelHandlerContext context)
    {
        if (ActualReadableBytes > 0 && !_verifying && !context.Removed)
        {
            ChannelRead(context, Unpooled.Empty);
        }
    }

    /// <summary>Asks for more where a handler behind, the handshake or the close still waits for something.</summary>
    private void ReadOn(IChannelHandlerContext context)
    {
        bool wanted = _readWanted || !_handshakeDone || _closing != null;
        if (wanted && !_verifying && !_awaitsTurn && !_disposeWanted)
        {
            context.Read();
        }
    }

    private void ReportFailure(IChannelHandlerContext context)
    {
        if (!_handshakeDone || _disposeWanted || _engine?.Failure is not { } failure)
        {
            return;
        }

        _outputEnded = true;
        _queue?.FailAll(failure);
        DisposeEngine();
        FlushOwn(context);
        if (_closing == null)
        {
            context.FireExceptionCaught(failure);
        }

        FinishClose(context);
        _ = context.CloseAsync();
    }

    // The peer has said all it had to say, which is the end of a stream to whoever reads plaintext.
    private void EndInput(IChannelHandlerContext context)
    {
        _inputEnded = true;
        if (_closing != null)
        {
            FinishClose(context);
        }
        else if (context.Channel.Configuration is ISocketChannelConfiguration { AllowHalfClosure: true })
        {
            context.FireUserEventTriggered(ChannelInputShutdownEvent.Instance);
        }
        else
        {
            _ = CloseInOrder(context);
        }
    }

    private bool TakeInputShutdown(IChannelHandlerContext context, object evt)
    {
        if (evt is not ChannelInputShutdownEvent)
        {
            return false;
        }

        _endReceived = true;
        ReceiveEnd(context);
        return true;
    }

    private void ReceiveEnd(IChannelHandlerContext context)
    {
        if (!_verifying && !_awaitsTurn && !_disposeWanted)
        {
            _engine?.ReceiveEnd();
            AfterPump(context);
        }
    }

    private void WriteCiphertext(IChannelHandlerContext context)
    {
        _ciphertext?.Complete();
        while (_ciphertext?.Take() is { } bytes)
        {
            _flushWanted = true;
            context.Write(bytes);
        }
    }

    private void FlushOwn(IChannelHandlerContext context)
    {
        if (_flushWanted)
        {
            _flushWanted = false;
            context.Flush();
        }
    }
}
