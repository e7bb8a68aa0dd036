#nullable disable
using System.Net;
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels.Local;

/// <summary>Accepts connections from within this process. Like a listening socket it keeps a bounded number waiting while it is not read.</summary>
public class LocalServerChannel : AbstractServerChannel
{
    internal const int Backlog = 1024;

    private readonly LocalChannelConfiguration _config;
    private readonly Queue<LocalChannel> _waiting = new();
    private volatile LocalAddress _address;
    private volatile bool _open = true;
    private int _backlog;
    private bool _readPending;
    private bool _accepting;

    public LocalServerChannel() => _config = new LocalChannelConfiguration(this, CancelRead);

    public override IChannelConfiguration Configuration => _config;

    public override bool Open => _open;

    public override bool Active => _open && _address is not null && !Closing;

    protected override EndPoint LocalAddressInternal => _address;

    /// <summary>Begins a connection; called on the client's loop.</summary>
    /// <returns>The connection's other end; null when it is refused.</returns>
    internal LocalChannel Serve(LocalChannel client)
    {
        if (!Active || !Registered || !TakePlace())
        {
            return null;
        }

        LocalChannel child = NewLocalChannel(client);
        try
        {
            EventLoop.Execute(static (server, child) => ((LocalServerChannel)server).Arrive((LocalChannel)child), this, child);
        }
        catch (RejectedExecutionException)
        {
            return null;
        }

        return child;
    }

    /// <summary>The server's end of a connection.</summary>
    protected virtual LocalChannel NewLocalChannel(LocalChannel peer) => new(this, peer);

    protected override bool IsCompatible(IEventLoop eventLoop) => true;

    protected override void DoBind(EndPoint localAddress) => _address = LocalChannelRegistry.Take(this, localAddress);

    protected override void DoBeginRead()
    {
        _readPending = true;
        AcceptLater();
    }

    protected override void DoClose()
    {
        _open = false;
        LocalChannelRegistry.GiveBack(this, _address);
        while (_waiting.TryDequeue(out LocalChannel child))
        {
            child.Unsafe.CloseForcibly();
        }
    }

    private bool TakePlace()
    {
        if (Interlocked.Increment(ref _backlog) <= Backlog)
        {
            return true;
        }

        Interlocked.Decrement(ref _backlog);
        return false;
    }

    private void CancelRead() => OnLoop(static channel => ((LocalServerChannel)channel)._readPending = false);

    private void Arrive(LocalChannel child)
    {
        if (Closing || !_open)
        {
            child.Unsafe.CloseForcibly();
            return;
        }

        _waiting.Enqueue(child);
        AcceptLater();
    }

    // Not at once: the read may be asked for in the middle of another event.
    private void AcceptLater()
    {
        if (!_accepting && _readPending && _waiting.Count > 0)
        {
            _accepting = true;
            EventLoop.Execute(static server => ((LocalServerChannel)server).Accept(), this);
        }
    }

    private void Accept()
    {
        int most = _config.MostMessagesPerRead;
        int accepted = 0;
        while (accepted < most && _readPending && !Closing && _waiting.TryDequeue(out LocalChannel child))
        {
            accepted++;
            Interlocked.Decrement(ref _backlog);
            Pipeline.FireChannelRead(child);
        }

        if (accepted > 0)
        {
            _readPending = false;
            Pipeline.FireChannelReadComplete();
        }

        _accepting = false;
        AcceptLater();
    }
}
