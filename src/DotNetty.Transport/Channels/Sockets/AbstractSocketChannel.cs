#nullable disable
using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>A channel over a socket.</summary>
public abstract class AbstractSocketChannel : AbstractChannel, IDescriptorChannel
{
    private volatile bool _open = true;
    private LoopBuffers _ownBuffers;

    private protected AbstractSocketChannel(IChannel parent)
        : base(parent)
    {
    }

    public override bool Open => _open;

    /// <inheritdoc/>
    public abstract int Descriptor { get; }

    /// <summary>The socket below, for options that have no <see cref="ChannelOption"/>; null where the transport is no <see cref="System.Net.Sockets.Socket"/>.</summary>
    protected virtual Socket Socket => null;

    /// <summary>True while the pipeline has asked for a read that has not been answered.</summary>
    private protected bool ReadPending { get; set; }

    /// <summary>What the loop lends to the channel it serves; a channel on a foreign loop has its own.</summary>
    private protected LoopBuffers Buffers => EventLoop switch
    {
        SingleThreadEventLoop loop => loop.Buffers,
        EmbeddedEventLoop loop => loop.Buffers,
        _ => _ownBuffers ??= new LoopBuffers(),
    };

    /// <summary>The application wants no more reads: takes back one that has not been answered.</summary>
    internal void CancelRead() => OnLoop(static channel =>
    {
        var socketChannel = (AbstractSocketChannel)channel;
        socketChannel.ReadPending = false;
        socketChannel.StopReading();
    });

    /// <summary>No read is wanted until the next <see cref="AbstractChannel.DoBeginRead"/>.</summary>
    private protected abstract void StopReading();

    protected override bool IsCompatible(IEventLoop eventLoop) => true;

    /// <summary>A read that was asked for waits until the channel is registered again; one that is closing discards on.</summary>
    protected override void DoDeregister()
    {
        if (!Closing)
        {
            StopReading();
        }
    }

    protected override void DoClose()
    {
        _open = false;
        _ownBuffers?.Release();
    }

    /// <summary>An IPv4 peer of a dual-stack socket is shown as what it is.</summary>
    private protected static EndPoint Normalize(EndPoint address) =>
        address is IPEndPoint { Address.IsIPv4MappedToIPv6: true } mapped ? new IPEndPoint(mapped.Address.MapToIPv4(), mapped.Port) : address;

    private protected static Socket NewSocket(AddressFamily family) =>
        new(family, SocketType.Stream, family == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
}
