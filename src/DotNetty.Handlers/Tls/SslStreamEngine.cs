using System.Buffers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace DotNetty.Handlers.Tls;

/// <summary>
/// The engine over <see cref="SslStream"/>. The stream is entered only from <see cref="Run"/>: on the calling thread, without a synchronization context
/// and, in the handshake, without a scheduler, since with either its continuations would be queued to the thread pool.
/// </summary>
internal sealed partial class SslStreamEngine : ITlsEngine
{
    private readonly TlsSettings _settings;
    private readonly IBufferWriter<byte> _plaintext;
    private readonly EngineDuplex _duplex;
    private readonly PlaintextWindow _window;
    private readonly SslStream _ssl;
    private readonly bool _isUserStream;
    private HandshakeGuard? _guard;
    private ResumptionProbe? _probe;
    private Task? _handshake;
    private ValueTask<int> _read;
    private bool _isReading;
    private byte[] _held = [];
    private bool _isReleased;
    private bool _releaseWhenDone;

    /// <summary>Decrypted bytes go to <paramref name="plaintext"/>, bytes for the peer to <paramref name="ciphertext"/>.</summary>
    public SslStreamEngine(TlsSettings settings, IBufferWriter<byte> plaintext, IBufferWriter<byte> ciphertext, Func<Stream, SslStream>? streamFactory = null)
    {
        _settings = settings;
        _plaintext = plaintext;
        _window = new PlaintextWindow(plaintext);
        _guard = new HandshakeGuard(settings.IsServer);
        _probe = new ResumptionProbe();
        _duplex = new EngineDuplex(ciphertext) { Probe = settings.IsServer ? _probe : null };
        _isUserStream = streamFactory != null;
        _ssl = streamFactory?.Invoke(_duplex) ?? new SslStream(_duplex, leaveInnerStreamOpen: true);
    }

    public TlsEngineState State { get; private set; }

    public Exception? Failure { get; private set; }

    public bool IsInputClosed { get; private set; }

    public bool IsCloseNotifyReceived { get; private set; }

    public bool IsOutputClosed { get; private set; }

    public SslProtocols Protocol { get; private set; }

    public TlsCipherSuite CipherSuite { get; private set; }

    public SslApplicationProtocol ApplicationProtocol { get; private set; }

    public string ServerName { get; private set; } = "";

    public bool IsSessionReused { get; private set; }

    public X509Certificate2? LocalCertificate { get; private set; }

    public X509Certificate2? RemoteCertificate { get; private set; }

    public void Start()
    {
        if (State != TlsEngineState.Created)
        {
            throw new InvalidOperationException($"The engine is {State}.");
        }

        State = TlsEngineState.Handshaking;
        RunHandshake(static engine => engine._handshake = engine._settings.Authenticate(engine._ssl, engine._isUserStream));
    }

    public void Receive(ReadOnlyMemory<byte> ciphertext)
    {
        if (State == TlsEngineState.WantsVerification)
        {
            throw new InvalidOperationException("Verification is under way.");
        }

        if (State == TlsEngineState.Handshaking)
        {
            ReceiveHandshake(ciphertext);
        }
        else if (State == TlsEngineState.Established && !IsInputClosed)
        {
            ReceiveData(ciphertext);
        }
    }

    public void ReceiveEnd()
    {
        if (State == TlsEngineState.Handshaking)
        {
            Abort(new TlsHandshakeException(TlsHandshakeFailure.Closed, "The peer ended the connection during the handshake."));
        }
        else if (State == TlsEngineState.Established && !IsInputClosed)
        {
            Run(static engine => engine._duplex.End());
        }
    }

    public void Verify()
    {
        if (State != TlsEngineState.WantsVerification)
        {
            throw new InvalidOperationException($"The engine is {State}.");
        }

        State = TlsEngineState.Handshaking;
        RunHandshake(static engine => engine.FeedHeld());
    }

    public void Send(ReadOnlyMemory<byte> plaintext)
    {
        if (State != TlsEngineState.Established || IsOutputClosed)
        {
            throw new InvalidOperationException($"Nothing can be sent: the engine is {State}{(IsOutputClosed ? ", its output closed" : "")}.");
        }

        SynchronizationContext? context = EnterPump();
        try
        {
            Complete(_ssl.WriteAsync(plaintext));
        }
        catch (Exception fault)
        {
            Fail(fault);
        }
        finally
        {
            LeavePump(context);
        }
    }

    public void SendClose()
    {
        if (State != TlsEngineState.Established || IsOutputClosed)
        {
            return;
        }

        IsOutputClosed = true;
        Run(static engine => Complete(new ValueTask(engine._ssl.ShutdownAsync())));
    }

    public void Abort(Exception cause)
    {
        if (State is TlsEngineState.Failed or TlsEngineState.Disposed)
        {
            return;
        }

        Fail(cause);
        Release();
    }

    public void Dispose()
    {
        if (State != TlsEngineState.Disposed)
        {
            Release();
        }

        State = TlsEngineState.Disposed;
    }

    private void ReceiveHandshake(ReadOnlyMemory<byte> ciphertext)
    {
        if (_guard?.Check(ciphertext.Span) is { } fault)
        {
            Abort(fault);
            return;
        }

        if (!_settings.IsServer)
        {
            _probe?.Feed(ciphertext.Span);
        }

        if (_settings.MayBlock)
        {
            _held = ciphertext.ToArray();
            State = TlsEngineState.WantsVerification;
            return;
        }

        _duplex.Offer(ciphertext);
        RunHandshake(static engine => engine._duplex.Feed());
    }

    private void FeedHeld()
    {
        _duplex.Offer(_held);
        _held = [];
        _duplex.Feed();
    }

    private void ReceiveData(ReadOnlyMemory<byte> ciphertext)
    {
        _duplex.Offer(ciphertext);
        Run(static engine => engine._duplex.Feed());
    }
}
