using DotNetty.Common;
using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;

namespace DotNetty.Handlers.Tls;

/// <summary>From the first flight to the completion event, under the deadline.</summary>
public sealed partial class TlsHandler
{
    private IScheduledTask? _timer;
    private bool _handshakeDone;
    private bool _verifying;
    private bool _disposeWanted;
    private Takeover? _taken;

    /// <summary>The handler goes on where another one stood: its deadline has been running, and it knows whether a read was asked for.</summary>
    internal TlsHandler Continue(PreciseTimeSpan since, bool readWanted)
    {
        _taken = new Takeover(since, readWanted);
        return this;
    }

    private bool StartHandshake(IChannelHandlerContext context)
    {
        if (_engine is not { State: TlsEngineState.Created })
        {
            return false;
        }

        _engine.Start();
        _timer = context.Executor.Schedule(
            static (handler, context) => ((TlsHandler)handler).HandshakeTimedOut((IChannelHandlerContext)context), this, context, TimeLeft(context));
        return true;
    }

    private TimeSpan TimeLeft(IChannelHandlerContext context)
    {
        if (_taken is not { } taken)
        {
            return _settings.HandshakeTimeout;
        }

        TimeSpan left = _settings.HandshakeTimeout - (context.Executor.Now - taken.Since).ToTimeSpan();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void AfterStart(IChannelHandlerContext context)
    {
        if (_handshakeDone || context.Removed)
        {
            return;
        }

        AfterPump(context);
        FlushOwn(context);
        ReadOn(context);
    }

    private void HandshakeTimedOut(IChannelHandlerContext context)
    {
        if (!_handshakeDone)
        {
            FailHandshake(context, new TlsHandshakeException(TlsHandshakeFailure.TimedOut, $"The TLS handshake was not done after {_settings.HandshakeTimeout}."));
        }
    }

    private void ObserveHandshake(IChannelHandlerContext context)
    {
        if (_handshakeDone || _engine == null)
        {
            return;
        }

        if (_engine.State == TlsEngineState.Established)
        {
            CompleteHandshake(context);
        }
        else if (_engine.Failure is { } failure)
        {
            FailHandshake(context, failure);
        }
        else if (_engine.State == TlsEngineState.WantsVerification)
        {
            BeginVerification(context);
        }
    }

    private void CompleteHandshake(IChannelHandlerContext context)
    {
        EndHandshake();
        context.FireUserEventTriggered(TlsHandshakeCompletionEvent.Success);
        EncryptFlushed(context);
    }

    private void FailHandshake(IChannelHandlerContext context, Exception cause)
    {
        EndHandshake();
        _outputEnded = true;
        if (!_verifying)
        {
            _engine?.Abort(cause);
            WriteCiphertext(context);
            FlushOwn(context);
        }

        _queue?.FailAll(cause);
        context.FireUserEventTriggered(new TlsHandshakeCompletionEvent(cause));
        _ = context.CloseAsync();
        DisposeEngine();
    }

    private void EndHandshake()
    {
        _handshakeDone = true;
        _awaitsTurn = false;
        _timer?.Cancel();
        _timer = null;
    }

    private void BeginVerification(IChannelHandlerContext context)
    {
        _verifying = true;
        ITlsEngine? engine = _engine;
        _ = Task.Run(() =>
        {
            engine?.Verify();
            try
            {
                context.Executor.Execute(() => EndVerification(context));
            }
            catch (RejectedExecutionException)
            {
                // The loop has ended, and with it everyone who would have used the engine.
                engine?.Dispose();
                _verifying = false;
                EndStep();
            }
        });
    }

    private void EndVerification(IChannelHandlerContext context)
    {
        _verifying = false;
        EndStep();
        if (_disposeWanted)
        {
            DisposeEngine();
            return;
        }

        AfterPump(context);
        DecodeRest(context);
        GoOn(context);
    }

    private void DisposeEngine()
    {
        _disposeWanted = true;
        if (_verifying)
        {
            return;
        }

        _engine?.Dispose();
        _plaintext?.ReleaseAll();
        _ciphertext?.ReleaseAll();
    }

    private readonly record struct Takeover(PreciseTimeSpan Since, bool ReadWanted);
}
