#nullable disable

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;
using Promise = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Handlers.Tls;

/// <summary>
/// TLS for one connection. Handlers before it see ciphertext, those after it plaintext. The handshake begins when the channel is active, or at
/// once when it is already; <see cref="TlsHandshakeCompletionEvent"/> tells its end, before any plaintext. What is written earlier waits for it.
/// </summary>
public sealed partial class TlsHandler : ByteToMessageDecoder
{
    private readonly TlsSettings _settings;
    private readonly Func<Stream, SslStream> _sslStreamFactory;
    private readonly TlsEngineFactory _engineFactory;

    public TlsHandler(TlsSettings settings)
        : this(settings, DefaultEngine)
    {
    }

    /// <summary>Uses the stream that <paramref name="sslStreamFactory"/> makes over the one it is given; a validation callback of that stream judges the peer.</summary>
    public TlsHandler(Func<Stream, SslStream> sslStreamFactory, TlsSettings settings)
        : this(settings)
    {
        ArgumentNullException.ThrowIfNull(sslStreamFactory);
        _sslStreamFactory = sslStreamFactory;
    }

    internal TlsHandler(TlsSettings settings, TlsEngineFactory engineFactory)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _engineFactory = engineFactory;
    }

    /// <summary>The certificate this side has shown; null before the handshake's end, or when none was.</summary>
    public X509Certificate2 LocalCertificate => _engine?.LocalCertificate;

    /// <summary>The certificate the peer has shown and was judged by; null before the handshake's end, or when none was.</summary>
    public X509Certificate2 RemoteCertificate => _engine?.RemoteCertificate;

    public static TlsHandler Client(string targetHost) => new(new ClientTlsSettings(targetHost));

    public static TlsHandler Client(string targetHost, X509Certificate clientCertificate)
    {
        ArgumentNullException.ThrowIfNull(clientCertificate);
        return new TlsHandler(new ClientTlsSettings(targetHost, [clientCertificate]));
    }

    public static TlsHandler Server(X509Certificate certificate) => new(new ServerTlsSettings(certificate));

    public override void HandlerAdded(IChannelHandlerContext context)
    {
        Prepare(context);
        if (context.Channel.Active)
        {
            // Somebody may have asked for a read before this handler stood in its way.
            _readWanted = _taken?.ReadWanted ?? true;
            StartHandshake(context);

            // Handlers behind this one may still be on their way into the pipeline: they hear of a failure, too.
            context.Executor.Execute(static (handler, context) => ((TlsHandler)handler).AfterStart((IChannelHandlerContext)context), this, context);
        }
    }

    public override void ChannelActive(IChannelHandlerContext context)
    {
        _readWanted = false;
        bool started = StartHandshake(context);
        context.FireChannelActive();
        if (started)
        {
            AfterStart(context);
        }
    }

    public override void ChannelReadComplete(IChannelHandlerContext ctx)
    {
        FlushOwn(ctx);
        bool delivered = _delivered;
        _delivered = false;
        ctx.FireChannelReadComplete();
        if (!delivered)
        {
            ReadOn(ctx);
        }
    }

    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (!TakeInputShutdown(context, evt))
        {
            context.FireUserEventTriggered(evt);
        }
    }

    public override void ChannelInactive(IChannelHandlerContext context)
    {
        EndByChannel(context);
        base.ChannelInactive(context);
        DisposeEngine();
    }

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
    {
        if (!TakeException(context, exception))
        {
            context.FireExceptionCaught(exception);
        }
    }

    public override void Read(IChannelHandlerContext context)
    {
        _readWanted = true;
        if (_holding)
        {
            context.Executor.Execute(static (handler, context) => ((TlsHandler)handler).DeliverHeld((IChannelHandlerContext)context), this, context);
        }
        else if (!_verifying && !_awaitsTurn)
        {
            context.Read();
        }
    }

    public override Task WriteAsync(IChannelHandlerContext context, object message)
    {
        var promise = new Promise();
        Enqueue(context, message, promise);
        return promise.Task;
    }

    public override void Write(IChannelHandlerContext context, object message) => Enqueue(context, message, null);

    public override void Flush(IChannelHandlerContext context)
    {
        _queue.MarkFlushed();
        if (_handshakeDone)
        {
            EncryptFlushed(context);
            _flushWanted = false;
            context.Flush();
        }
    }

    public override Task CloseAsync(IChannelHandlerContext context) => CloseInOrder(context);

    protected override void HandlerRemovedInternal(IChannelHandlerContext context)
    {
        _timer?.Cancel();
        _queue.FailAll(new ClosedChannelException());
        FinishClose(context);
        DisposeEngine();
    }

    // Never held back: ciphertext may be what makes the channel writable again, by ending the handshake that writes wait for.
    protected override void CallDecode(IChannelHandlerContext context, IByteBuffer input, List<object> output) => Decode(context, input, output);

    protected override void Decode(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        // While verification is under way nothing may enter the engine: the bytes stay where they are.
        if (_verifying)
        {
            return;
        }

        if (_handshakeDone || HandshakeTurns == null || !_settings.IsServer)
        {
            Receive(context, input);
        }
        else
        {
            Step(context, input);
        }
    }
}
