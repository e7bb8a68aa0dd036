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
public abstract partial class AbstractServerSocketChannel : AbstractSocketChannel, IServerSocketChannel, ITransportEvents
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

    /// <summary>The permissions of a unix socket's file; null: what the process's umask leaves.</summary>
    internal UnixFileMode? UnixMode
    {
        get => _listener.UnixMode;
        set => _listener.UnixMode = value;
    }

    protected override EndPoint LocalAddressInternal => Normalize(_listener.LocalEndPoint);

    protected override EndPoint RemoteAddressInternal => null;

    /// <summary>
    /// Accepts what the backlog holds, whatever withholds <c>Read</c>, as many as a backlog can hold and for a second at most: the last act
    /// before a drain closes the socket. Where a budget has no room left, the rest stays in the backlog. On the loop only.
    /// </summary>
    public async Task AcceptRemainingAsync()
    {
        PreciseTimeSpan end = EventLoop.Now + LongestDrain;
        int most = ServerConfiguration.Backlog;
        int idleLooks = 0;
        while (true)
        {
            int taken = AcceptAll(most);
            most -= taken;

            // An accept that has left the backlog and not reached this loop yet is seen by the second look.
            idleLooks = taken == 0 && !_listener.AcceptUnderWay ? idleLooks + 1 : 0;
            if (idleLooks > 2 || most == 0 || !Active || EventLoop.Now >= end)
            {
                // A look is the last act: whoever connected between two of them is not lost to the close that follows.
                return;
            }

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
            WantAccept();
        }

        Watch();
    }

    protected override void DoDeregister()
    {
        EndWatch();
        base.DoDeregister();
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
        Watch();
    }

    protected override void DoDisconnect() => throw new NotSupportedException("A listening socket cannot be disconnected.");

    protected override void DoClose()
    {
        EndWatch();
        base.DoClose();
        _listener.Close();
    }

    protected override void DoBeginRead()
    {
        ReadPending = true;
        if (!_accepting && Registered)
        {
            WantAccept();
        }
    }

    protected override void DoWrite(ChannelOutboundBuffer input) => throw new NotSupportedException();

    protected sealed override object FilterOutboundMessage(object msg) => throw new NotSupportedException("A listening socket sends nothing.");

    private void WantAccept()
    {
        // Where the wish itself takes the next connection, there must be room for it before.
        if (_listener.AcceptsAhead && Reserve(1) == 0)
        {
            ReadPending = false;
        }
        else
        {
            _listener.WantAccept(true);
        }
    }

    private int AcceptAll(int most)
    {
        int taken = 0;
        while (taken < most && Active && Reserve(1) > 0 && Accept(out ITransportSocket child).Succeeded)
        {
            taken++;
            Pipeline.FireChannelRead(NewChild(child));
        }

        KeepForAcceptUnderWay();
        return taken;
    }

    private void AcceptRound()
    {
        BeServed();
        _listener.WantAccept(false);
        int most = Reserve((ServerConfiguration.RecvByteBufAllocator as IMaxMessagesRecvByteBufAllocator)?.MaxMessagesPerRead ?? 1);
        if (most == 0)
        {
            // Only the budget knows when there is room.
            ReadPending = false;
            return;
        }

        _accepting = true;
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

        KeepForAcceptUnderWay();
        EndRound(accepted, result);
        _accepting = false;
        if (ReadPending && !Closing)
        {
            WantAccept();
        }
    }

    // What was not used is given back, but for an accept that may take one at any time.
    private void KeepForAcceptUnderWay() => Keep(_listener.AcceptBegun ? 1 : 0, 0);

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
            Pipeline.FireExceptionCaught(AcceptErrors.ExceptionOf(result));
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
