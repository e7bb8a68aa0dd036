using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Handlers.Tls;

/// <summary>The turns of a server's handshake: bytes that end a flight wait for one, and nothing is read meanwhile.</summary>
public sealed partial class TlsHandler : IHandshakeStep
{
    private FlightScanner _scanner;
    private IChannelHandlerContext? _turnContext;
    private int _scanned;
    private bool _awaitsTurn;
    private bool _inStep;

    /// <summary>Who says when a server's handshake takes its steps. Default: null, whenever the peer's bytes are there. Clients do not ask.</summary>
    public IHandshakeTurns? HandshakeTurns { get; init; }

    bool IHandshakeStep.TakeTurn()
    {
        IChannelHandlerContext context = _turnContext!;
        if (!_awaitsTurn || context.Removed)
        {
            return false;
        }

        _awaitsTurn = false;
        _inStep = true;
        try
        {
            DecodeRest(context);
        }
        catch (Exception fault)
        {
            ExceptionCaught(context, fault);
        }

        EndStep();
        GoOn(context);
        return true;
    }

    private void Step(IChannelHandlerContext context, IByteBuffer input)
    {
        if (!TryBeginStep(context, input))
        {
            return;
        }

        try
        {
            Receive(context, input);
            _scanned = input.ReadableBytes;
        }
        finally
        {
            EndStep();
        }
    }

    // Bytes that end nothing cost next to nothing and need no turn; those that stay are not looked at again.
    private bool TryBeginStep(IChannelHandlerContext context, IByteBuffer input)
    {
        bool isFlight = _scanner.Scan(input.ReadableSequence.Slice(_scanned)) && !_inStep;
        _scanned = input.ReadableBytes;
        if (!isFlight || _awaitsTurn)
        {
            return !_awaitsTurn;
        }

        _turnContext = context;
        _inStep = HandshakeTurns!.TryBegin(context.Executor, this);
        _awaitsTurn = !_inStep;
        return _inStep;
    }

    // With verification under way the step is not over.
    private void EndStep()
    {
        if (_inStep && !_verifying)
        {
            _inStep = false;
            HandshakeTurns!.End();
        }
    }

    private void GoOn(IChannelHandlerContext context)
    {
        if (_endReceived)
        {
            ReceiveEnd(context);
        }

        if (!context.Removed)
        {
            bool delivered = _delivered;
            ChannelReadComplete(context);
            AskAgain(context.Channel, delivered);
        }
    }

    // As the transport does behind a round of its own: what came with the handshake's end has used up whoever asked before.
    private static void AskAgain(IChannel channel, bool delivered)
    {
        if (delivered && channel.Active && channel.Configuration.AutoRead)
        {
            channel.Read();
        }
    }
}
