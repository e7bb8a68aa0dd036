using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.TestSupport;

/// <summary>A listening socket whose connections and errors a test writes the script of.</summary>
internal sealed class ScriptedListeningSocket : IListeningSocket
{
    private readonly Queue<(ScriptedSocket? Child, SocketError Error, int Errno)> _backlog = new();
    private IEventLoop? _loop;
    private ITransportEvents? _events;

    public bool AcceptWanted { get; private set; }

    public bool Closed { get; private set; }

    public int AcceptCalls { get; private set; }

    public int Backlog { get; private set; }

    /// <summary>What waits to be accepted.</summary>
    public int Waiting => _backlog.Count;

    public Exception? ListenFault { get; set; }

    /// <summary>What the next Accept throws, if anything.</summary>
    public Exception? AcceptFault { get; set; }

    public int Descriptor => Closed ? -1 : 6;

    public EndPoint? LocalEndPoint { get; private set; }

    public ScriptedSocket Connects()
    {
        var child = new ScriptedSocket();
        Queue(child, SocketError.Success);
        return child;
    }

    public void Fails(SocketError error, int errno = 0) => Queue(null, error, errno);

    public void Attach(IEventLoop loop, ITransportEvents events)
    {
        _loop = loop;
        _events = events;
    }

    public void ChangeBacklog(int backlog) => Backlog = backlog;

    public void Listen(EndPoint local, int backlog)
    {
        if (ListenFault is not null)
        {
            throw ListenFault;
        }

        LocalEndPoint = local;
        Backlog = backlog;
    }

    public TransportResult Accept(out ITransportSocket? child)
    {
        Assert.False(Closed, "The channel used its socket after it had closed it.");
        AcceptCalls++;
        child = null;
        if (AcceptFault is { } fault)
        {
            AcceptFault = null;
            throw fault;
        }

        if (!_backlog.TryDequeue(out (ScriptedSocket? Child, SocketError Error, int Errno) next))
        {
            return TransportResult.WouldBlock;
        }

        child = next.Child;
        return child is null ? TransportResult.Failed(next.Error, next.Errno) : TransportResult.Of(1);
    }

    public void WantAccept(bool wanted)
    {
        AcceptWanted = wanted;
        if (wanted && _backlog.Count > 0)
        {
            Report();
        }
    }

    public void Close() => Closed = true;

    private void Queue(ScriptedSocket? child, SocketError error, int errno = 0)
    {
        _backlog.Enqueue((child, error, errno));
        if (AcceptWanted)
        {
            Report();
        }
    }

    private void Report() => _loop!.Execute(() =>
    {
        if (AcceptWanted && !Closed)
        {
            _events!.OnReadable();
        }
    });
}
