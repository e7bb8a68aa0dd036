#nullable disable
using System.Net;
using System.Net.Sockets;
using DotNetty.Buffers;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>A stream of bytes over an <see cref="ITransportSocket"/>: connecting, addresses, descriptor.</summary>
public abstract partial class AbstractSocketByteChannel : AbstractSocketChannel, ITransportEvents
{
    private static readonly ChannelMetadata StreamMetadata = new(false, 1);

    private readonly ITransportSocket _socket;
    private bool _connected;

    private protected AbstractSocketByteChannel(IChannel parent, ITransportSocket socket, bool connected)
        : base(parent)
    {
        _socket = socket;
        _connected = connected;
    }

    public override ChannelMetadata Metadata => StreamMetadata;

    public override bool Active => _connected && !Closing;

    public override int Descriptor => _socket.Descriptor;

    protected override EndPoint LocalAddressInternal => Normalize(_socket.LocalEndPoint);

    protected override EndPoint RemoteAddressInternal => Normalize(_socket.RemoteEndPoint);

    /// <summary>What it was made on.</summary>
    private protected ITransportSocket TransportSocket => _socket;

    private protected abstract ISocketChannelConfiguration SocketConfiguration { get; }

    void ITransportEvents.OnReadable()
    {
        if (Closing)
        {
            Discard();
        }
        else
        {
            ReadRounds();
        }
    }

    void ITransportEvents.OnWritable()
    {
        BeServed();
        _socket.WantWrite(false);
        _writeWaiting = false;
        ((AbstractUnsafe)Unsafe).FlushNow();
        ContinueClose();
    }

    void ITransportEvents.OnBroken(SocketError error)
    {
        if (Closing)
        {
            FinishClose();
        }
        else
        {
            BreakOff(new SocketException((int)error));
        }
    }

    void ITransportEvents.OnPeerEnded() => _peerEnded = true;

    void ITransportEvents.OnConnected(SocketError outcome) => ((StreamUnsafe)Unsafe).FinishConnect(outcome);

    protected override IChannelUnsafe NewUnsafe() => new StreamUnsafe(this);

    protected override void DoRegister()
    {
        _socket.Attach(EventLoop, this);
        if (ReadPending)
        {
            // Asked for before there was a loop.
            _socket.WantRead(true);
        }
    }

    protected override void DoBind(EndPoint localAddress) => _socket.Bind(localAddress);

    protected override void DoDisconnect() => DoClose();

    protected override void DoClose()
    {
        base.DoClose();
        EndCloseTimer();
        try
        {
            _socket.Close();
        }
        finally
        {
            _outputShutdown?.TrySetException(new ClosedChannelException());
            ((StreamUnsafe)Unsafe).AbandonConnect();
        }
    }

    private protected override void StopReading()
    {
        if (Open && Registered)
        {
            _socket.WantRead(false);
        }
    }

    protected override object FilterOutboundMessage(object msg)
    {
        if (_outputEnding)
        {
            throw new ClosedChannelException("Nothing can be sent any more: the output was shut down.", null);
        }

        return msg is IByteBuffer or DefaultFileRegion
            ? msg
            : throw new NotSupportedException($"A socket sends IByteBuffer and DefaultFileRegion, not {msg.GetType().Name}: is an encoder missing from the pipeline?");
    }

    private protected override void PrepareAbort() => _socket.PrepareReset();
}
