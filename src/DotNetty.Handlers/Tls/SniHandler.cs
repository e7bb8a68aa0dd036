#nullable disable

using System.Net.Security;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Common;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using Promise = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Handlers.Tls;

/// <summary>
/// A server's TLS with settings chosen by the name the client asks for. Reads the ClientHello, chooses, and puts a <see cref="TlsHandler"/> in
/// its own place, which gets every byte. One <see cref="TlsHandshakeCompletionEvent"/> tells how the handshake ended, by whichever of the two.
/// What is written earlier waits for it; nothing is ever sent in the clear.
/// </summary>
public sealed partial class SniHandler : ByteToMessageDecoder
{
    private readonly Func<Stream, SslStream> _sslStreamFactory;
    private readonly ServerTlsSniSettings _settings;

    public SniHandler(ServerTlsSniSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
    }

    /// <summary>Uses the stream that <paramref name="sslStreamFactory"/> makes over the one it is given, as <see cref="TlsHandler"/> does.</summary>
    public SniHandler(Func<Stream, SslStream> sslStreamFactory, ServerTlsSniSettings settings)
        : this(settings)
    {
        ArgumentNullException.ThrowIfNull(sslStreamFactory);
        _sslStreamFactory = sslStreamFactory;
    }

    /// <summary>Who says when the handshake takes its steps, for the handler that goes on; see <see cref="TlsHandler.HandshakeTurns"/>. Default: null.</summary>
    public IHandshakeTurns HandshakeTurns { get; init; }

    public override void HandlerAdded(IChannelHandlerContext context)
    {
        _queue = new PlaintextQueue(context.Channel);
        if (context.Channel.Active)
        {
            // Somebody may have asked for a read before this handler stood in its way.
            _readWanted = true;
            Start(context);
        }
    }

    public override void ChannelActive(IChannelHandlerContext context)
    {
        // The first that anybody could have asked comes now.
        _readWanted = false;
        Start(context);
        context.FireChannelActive();
    }

    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        if (_state != State.Reading)
        {
            context.FireChannelReadComplete();
            return;
        }

        base.ChannelReadComplete(context);
        ReadOn(context);
    }

    public override void ChannelInactive(IChannelHandlerContext context)
    {
        EndByPeer(context, null);
        base.ChannelInactive(context);
    }

    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        // Nobody who has said his last word can end a handshake.
        if (evt is not ChannelInputShutdownEvent || !EndByPeer(context, null))
        {
            base.UserEventTriggered(context, evt);
        }
    }

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
    {
        if (exception is not (IOException or System.Net.Sockets.SocketException) || !EndByPeer(context, exception))
        {
            context.FireExceptionCaught(exception);
        }
    }

    public override void Read(IChannelHandlerContext context)
    {
        _readWanted = true;
        if (_state == State.Reading)
        {
            base.Read(context);
        }
    }

    public override Task WriteAsync(IChannelHandlerContext context, object message)
    {
        var promise = new Promise();
        Enqueue(context, message, promise);
        return promise.Task;
    }

    public override void Write(IChannelHandlerContext context, object message) => Enqueue(context, message, null);

    public override void Flush(IChannelHandlerContext context) => _queue?.MarkFlushed();

    public override Task CloseAsync(IChannelHandlerContext context)
    {
        _queue?.FailAll(new ClosedChannelException());
        return context.CloseAsync();
    }

    protected override void HandlerRemovedInternal(IChannelHandlerContext context)
    {
        Leave();
        _queue?.FailAll(new ClosedChannelException());
    }

    // Never held back: what waits to be written may be what makes the channel unwritable, and it waits for this.
    protected override void CallDecode(IChannelHandlerContext context, IByteBuffer input, List<object> output) => Decode(context, input, output);

    protected override void Decode(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        if (_state == State.Ended)
        {
            input.SkipBytes(input.ReadableBytes);
        }
        else
        {
            Inspect(context, input);
        }
    }
}
