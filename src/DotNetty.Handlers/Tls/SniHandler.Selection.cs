using System.Buffers;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Common;
using DotNetty.Common.Concurrency;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;
using Promise = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Handlers.Tls;

/// <summary>From the first byte to the handler that goes on, under the deadline.</summary>
public sealed partial class SniHandler
{
    private readonly ClientHelloReader _hello = new();
    private PlaintextQueue? _queue;
    private IScheduledTask? _timer;
    private PreciseTimeSpan _since;
    private State _state;
    private int _inspected;
    private bool _readWanted;

    private enum State
    {
        Reading,
        Choosing,
        Ended,
    }

    private void Start(IChannelHandlerContext context)
    {
        if (_timer != null || _state != State.Reading)
        {
            return;
        }

        _since = context.Executor.Now;
        _timer = context.Executor.Schedule(
            static (handler, context) => ((SniHandler)handler).TimedOut((IChannelHandlerContext)context), this, context, _settings.HandshakeTimeout);
        ReadOn(context);
    }

    private void ReadOn(IChannelHandlerContext context)
    {
        // The stages behind may not want to read yet; the handshake does.
        if (_state == State.Reading && !context.Removed)
        {
            context.Read();
        }
    }

    // The bytes stay where they are: whoever goes on needs all of them.
    private void Inspect(IChannelHandlerContext context, IByteBuffer input)
    {
        Exception? fault = null;
        ReadOnlySequence<byte> rest = input.ReadableSequence.Slice(_inspected);
        _inspected = input.ReadableBytes;
        foreach (ReadOnlyMemory<byte> part in rest)
        {
            fault ??= _hello.Read(part.Span);
        }

        if (fault != null)
        {
            Fail(context, fault);
        }
        else if (_state == State.Reading && _hello.IsComplete)
        {
            Choose(context);
        }
    }

    private void Choose(IChannelHandlerContext context)
    {
        if (!ServerNameParser.TryParse(_hello.Body, out string? name))
        {
            Fail(context, new TlsHandshakeException(TlsHandshakeFailure.MalformedClientHello, "The ClientHello cannot be read, or names what no host can be called."), TlsAlert.DecodeError);
            return;
        }

        _state = State.Choosing;
        Task<ServerTlsSettings?> choice = Ask(name ?? _settings.DefaultServerHostName ?? "");
        if (choice.IsCompleted)
        {
            Answer(context, choice);
            return;
        }

        _ = choice.ContinueWith(
            choice => AnswerOnExecutor(context, choice),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private Task<ServerTlsSettings?> Ask(string name)
    {
        try
        {
            return _settings.ServerTlsSettingMap(name) ?? Task.FromResult<ServerTlsSettings?>(null);
        }
        catch (Exception fault)
        {
            return Task.FromException<ServerTlsSettings?>(fault);
        }
    }

    // Always a task of its own: the one who answers is in the middle of something.
    private void AnswerOnExecutor(IChannelHandlerContext context, Task<ServerTlsSettings?> choice)
    {
        _ = choice.Exception;
        try
        {
            context.Executor.Execute(() => Answer(context, choice));
        }
        catch (RejectedExecutionException)
        {
            // The loop has ended, and with it the connection that was chosen for.
        }
    }

    private void Answer(IChannelHandlerContext context, Task<ServerTlsSettings?> choice)
    {
        if (_state != State.Choosing || context.Removed)
        {
            return;
        }

        if (!choice.IsCompletedSuccessfully)
        {
            Exception cause = choice.Exception?.InnerException ?? new TaskCanceledException(choice);
            Fail(context, new TlsHandshakeException(TlsHandshakeFailure.SelectionFailed, "The settings for a server name could not be chosen.", cause), TlsAlert.InternalError);
        }
        else if (choice.Result is { } settings)
        {
            GoOn(context, settings);
        }
        else
        {
            Fail(context, new TlsHandshakeException(TlsHandshakeFailure.UnknownServerName, "There are no settings for the server name the client asked for."), TlsAlert.UnrecognizedName);
        }
    }

    private void GoOn(IChannelHandlerContext context, ServerTlsSettings settings)
    {
        Leave();
        PlaintextQueue? queue = _queue;
        _queue = null;
        TlsHandler successor = _sslStreamFactory == null
            ? new TlsHandler(settings) { HandshakeTurns = HandshakeTurns }
            : new TlsHandler(_sslStreamFactory, settings) { HandshakeTurns = HandshakeTurns };
        context.Channel.Pipeline.Replace(this, null, successor.Continue(_since, _readWanted));
        if (queue != null)
        {
            HandOver(context, queue);
        }
    }

    // From this context the successor is the next one down.
    private static void HandOver(IChannelHandlerContext context, PlaintextQueue queue)
    {
        if (queue.Flushed > 0)
        {
            Move(context, queue);
            context.Flush();
        }

        queue.MarkFlushed();
        Move(context, queue);
    }

    private static void Move(IChannelHandlerContext context, PlaintextQueue queue)
    {
        while (queue.Flushed > 0)
        {
            PlaintextQueue.Entry entry = queue.Take();
            if (entry.Promise == null)
            {
                context.Write(entry.Message);
            }
            else
            {
                context.WriteAsync(entry.Message).LinkOutcome(entry.Promise);
            }

            // Counted there before it is no more here, or the channel would look writable in between.
            queue.Settle(entry.Size);
        }
    }

    private void TimedOut(IChannelHandlerContext context) =>
        Fail(context, new TlsHandshakeException(TlsHandshakeFailure.TimedOut, $"The TLS handshake was not done after {_settings.HandshakeTimeout}."));

    private bool EndByPeer(IChannelHandlerContext context, Exception? cause) =>
        Fail(context, new TlsHandshakeException(TlsHandshakeFailure.Closed, "The connection ended during the TLS handshake.", cause));

    /// <returns>False when it had ended already.</returns>
    private bool Fail(IChannelHandlerContext context, Exception cause, TlsAlert? alert = null)
    {
        if (_state == State.Ended)
        {
            return false;
        }

        Leave();
        _queue?.FailAll(cause);
        if (alert is { } description)
        {
            context.Write(AlertRecord.Of(description, context.Allocator));
            context.Flush();
        }

        context.FireUserEventTriggered(new TlsHandshakeCompletionEvent(cause));
        _ = context.CloseAsync();
        return true;
    }

    private void Leave()
    {
        _state = State.Ended;
        _timer?.Cancel();
        _timer = null;
        _hello.Dispose();
    }

    private void Enqueue(IChannelHandlerContext context, object message, Promise? promise)
    {
        if (message is not IByteBuffer buffer)
        {
            Refuse(context, message, promise, new UnsupportedMessageTypeException(message, typeof(IByteBuffer)));
        }
        else if (_state == State.Ended || _queue == null)
        {
            Refuse(context, message, promise, new ClosedChannelException());
        }
        else
        {
            _queue.Add(buffer, promise);
        }
    }

    private static void Refuse(IChannelHandlerContext context, object message, Promise? promise, Exception cause)
    {
        ReferenceCountUtil.Release(message);
        if (promise == null)
        {
            WriteOutcome.Fail(context, cause);
        }
        else
        {
            promise.TrySetException(cause);
        }
    }
}
