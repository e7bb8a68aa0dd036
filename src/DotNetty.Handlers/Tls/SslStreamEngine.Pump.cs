using System.Security.Cryptography.X509Certificates;

namespace DotNetty.Handlers.Tls;

/// <summary>The pump: the only way into the stream.</summary>
internal sealed partial class SslStreamEngine
{
    private void RunHandshake(Action<SslStreamEngine> step) => RunHidden(() => Run(step));

    // Hides the loop's scheduler. Without one to hide the action is called directly.
    private static void RunHidden(Action action)
    {
        if (TaskScheduler.Current == TaskScheduler.Default)
        {
            action();
            return;
        }

        var task = new Task(action, CancellationToken.None, TaskCreationOptions.HideScheduler);
        task.RunSynchronously(TaskScheduler.Default);
        task.GetAwaiter().GetResult();
    }

    /// <summary>The pump: does the step, then whatever became possible by it.</summary>
    private void Run(Action<SslStreamEngine> step)
    {
        SynchronizationContext? context = EnterPump();
        try
        {
            step(this);
            ObserveHandshake();
            Drain();
        }
        catch (Exception fault)
        {
            Fail(fault);
        }
        finally
        {
            _duplex.DropInput();
            LeavePump(context);
        }
    }

    private SynchronizationContext? EnterPump()
    {
        _duplex.Enter();
        SynchronizationContext? context = SynchronizationContext.Current;
        if (context != null)
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }

        return context;
    }

    private void LeavePump(SynchronizationContext? context)
    {
        if (context != null)
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }

        _duplex.Leave();
        if (_releaseWhenDone)
        {
            Release();
        }
    }

    private void ObserveHandshake()
    {
        if (State != TlsEngineState.Handshaking || _handshake is not { IsCompleted: true })
        {
            return;
        }

        _handshake.GetAwaiter().GetResult();
        Protocol = _ssl.SslProtocol;
        CipherSuite = _ssl.NegotiatedCipherSuite;
        ApplicationProtocol = _ssl.NegotiatedApplicationProtocol;
        ServerName = _ssl.TargetHostName;
        LocalCertificate = _ssl.LocalCertificate as X509Certificate2;
        RemoteCertificate = _settings.ExpectsCertificate ? _ssl.RemoteCertificate as X509Certificate2 : null;
        IsSessionReused = _probe is { IsResumed: true };
        _handshake = null;
        _guard = null;
        _duplex.Probe = _probe = null;
        State = TlsEngineState.Established;
    }

    // A read is outstanding from the handshake's end to the end of the input; what one gives is counted and the next one begun.
    private void Drain()
    {
        while (State == TlsEngineState.Established && !IsInputClosed)
        {
            if (!_isReading)
            {
                Keep(_ssl.ReadAsync(_window.Memory));
            }

            _isReading = !_read.IsCompleted;
            if (_isReading)
            {
                return;
            }

            int count = _read.GetAwaiter().GetResult();
            IsInputClosed = count == 0;
            IsCloseNotifyReceived = count == 0 && !_duplex.IsEnded;
            _plaintext.Advance(count);
        }
    }

    private void Keep(ValueTask<int> read) => _read = read;

    private void Fail(Exception cause)
    {
        if (State is TlsEngineState.Failed or TlsEngineState.Disposed)
        {
            return;
        }

        Failure = cause;
        State = TlsEngineState.Failed;
    }

    // Neither a token nor Dispose ends what waits on the duplex: its read has to fail first, and the result be looked at.
    private void Release()
    {
        _releaseWhenDone = _duplex.IsPumping;
        if (_releaseWhenDone || _isReleased)
        {
            return;
        }

        _isReleased = true;
        if (_handshake == null)
        {
            FailPending();
        }
        else
        {
            // With a scheduler to come back to it would end later and elsewhere, where nobody looks at it any more.
            RunHidden(FailPending);
        }

        _ssl.Dispose();
    }

    private void FailPending()
    {
        SynchronizationContext? context = EnterPump();
        try
        {
            _duplex.Fail(Failure ?? new ObjectDisposedException(nameof(SslStreamEngine)));
            _ = _handshake?.Exception;
            if (_isReading && _read.IsCompleted)
            {
                _ = _read.AsTask().Exception;
            }
        }
        finally
        {
            LeavePump(context);
        }
    }

    private static void Complete(ValueTask write)
    {
        if (!write.IsCompleted)
        {
            throw new InvalidOperationException("A write on the in-memory stream did not complete at once.");
        }

        write.GetAwaiter().GetResult();
    }
}
