#nullable disable
using System.Net;
using System.Net.Sockets;
using DotNetty.Common;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// A listening socket. Its messages are the connections it accepted. An error fires <see cref="AcceptException"/> and stops its reading; who
/// resumes it is a handler.
/// </summary>
public abstract class AbstractServerSocketChannel : AbstractSocketChannel, IServerSocketChannel, ITransportEvents
{
    private static readonly ChannelMetadata ServerMetadata = new(false, 16);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(1);

    private readonly IListeningSocket _listener;
    private bool _accepting;

    private protected AbstractServerSocketChannel(IListeningSocket listener)
        : base(null) => _listener = listener;

    public override ChannelMetadata Metadata => ServerMetadata;

    public override bool Active => IsBound && Open && !Closing;

    public override int Descriptor => _listener.Descriptor;

    /// <summary>True once it has an address.</summary>
    private protected bool IsBound { get; set; }

    /// <summary>The options, with those that only a listening socket has.</summary>
    private protected abstract IServerSocketChannelConfiguration ServerConfiguration { get; }

    protected override EndPoint LocalAddressInternal => Normalize(_listener.LocalEndPoint);

    protected override EndPoint RemoteAddressInternal => null;

    /// <summary>
    /// Accepts what the backlog holds, whatever withholds <c>Read</c>, as many as a backlog can hold and for a second at most: the last act
    /// before a drain closes the socket. On the loop only.
    /// </summary>
    public async Task AcceptRemainingAsync()
    {
        PreciseTimeSpan end = EventLoop.Now + LongestDrain;
        int most = ServerConfiguration.Backlog;
        int idleLooks = 0;
        while (idleLooks < 2 && most > 0 && Active && EventLoop.Now < end)
        {
            int before = most;
            while (most > 0 && Active && Accept(out ITransportSocket child).Succeeded)
            {
                most--;
                Pipeline.FireChannelRead(NewChild(child));
            }

            // An accept that has left the backlog and not reached this loop yet is seen by the second look.
            idleLooks = before == most && !_listener.AcceptUnderWay ? idleLooks + 1 : 0;
            await EventLoop.ScheduleAsync(static () => { }, BetweenLooks);
        }
    }

    /// <summary>
    /// Lets the system hold so many connections that were not accepted yet, also while it listens: listen(2) may be called again. On the loop only.
    /// </summary>
    public void ChangeBacklog(int backlog)
    {
        ServerConfiguration.Backlog = backlog;
        if (Active)
        {
            _listener.ChangeBacklog(backlog);
        }
    }

    void ITransportEvents.OnReadable()
    {
        if (!Closing)
        {
            AcceptRound();
        }
    }

    void ITransportEvents.OnWritable()
    {
    }

    void ITransportEvents.OnConnected(SocketError outcome)
    {
    }

    protected override IChannelUnsafe NewUnsafe() => new ServerUnsafe(this);

    protected override void DoRegister()
    {
        _listener.Attach(EventLoop, this);
        if (ReadPending)
        {
            _listener.WantAccept(true);
        }
    }

    private protected override void StopReading()
    {
        if (Open && Registered)
        {
            _listener.WantAccept(false);
        }
    }

    protected override void DoBind(EndPoint localAddress)
    {
        _listener.Listen(localAddress, ServerConfiguration.Backlog);
        IsBound = true;
        CacheLocalAddress();
    }

    protected override void DoDisconnect() => throw new NotSupportedException("A listening socket cannot be disconnected.");

    protected override void DoClose()
    {
        base.DoClose();
        _listener.Close();
    }

    protected override void DoBeginRead()
    {
        ReadPending = true;
        if (!_accepting && Registered)
        {
            _listener.WantAccept(true);
        }
    }

    protected override void DoWrite(ChannelOutboundBuffer input) => throw new NotSupportedException();

    protected sealed override object FilterOutboundMessage(object msg) => throw new NotSupportedException("A listening socket sends nothing.");

    private void AcceptRound()
    {
        _listener.WantAccept(false);
        _accepting = true;
        int most = (ServerConfiguration.RecvByteBufAllocator as IMaxMessagesRecvByteBufAllocator)?.MaxMessagesPerRead ?? 1;
        int accepted = 0;
        TransportResult result = default;
        while (accepted < most && ReadPending && !Closing)
        {
            result = Accept(out ITransportSocket child);
            if (!result.Succeeded)
            {
                break;
            }

            accepted++;
            Pipeline.FireChannelRead(NewChild(child));
        }

        EndRound(accepted, result);
        _accepting = false;
        if (ReadPending && !Closing)
        {
            _listener.WantAccept(true);
        }
    }

    // An accept that throws is one more that failed: escaped, it would end accepting and nobody would know.
    private TransportResult Accept(out ITransportSocket child)
    {
        try
        {
            return _listener.Accept(out child);
        }
        catch (Exception fault)
        {
            child = null;
            return TransportResult.Failed((fault as SocketException)?.SocketErrorCode ?? SocketError.SocketError);
        }
    }

    private void EndRound(int accepted, TransportResult result)
    {
        if (accepted > 0)
        {
            ReadPending = false;
            Pipeline.FireChannelReadComplete();
        }

        if (!result.Succeeded && !result.MustWait && !Closing)
        {
            // Only a handler knows when to try again.
            ReadPending = false;
            Pipeline.FireExceptionCaught(new AcceptException(AcceptErrors.KindOf(result.Error), result.Error));
        }
    }

    /// <summary>The channel of a connection that was accepted.</summary>
    private protected abstract IChannel NewChild(ITransportSocket child);

    private sealed class ServerUnsafe(AbstractServerSocketChannel channel) : AbstractUnsafe(channel)
    {
        public override Task ConnectAsync(EndPoint remoteAddress, EndPoint localAddress) =>
            TaskEx.FromException(new NotSupportedException("A listening socket cannot connect."));
    }
}
