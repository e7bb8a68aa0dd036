using System.Net;
using System.Net.Sockets;
using System.Text;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

/// <summary>
/// A datagram socket that a test writes the script of: what arrives and when, which call fails and how. It reports like a level triggered one,
/// as work of the loop, and fails the test when it is used after its close.
/// </summary>
internal sealed class ScriptedDatagramSocket : IDatagramSocket
{
    public static readonly IPEndPoint Peer = new(IPAddress.Loopback, 2);

    private readonly Queue<(byte[] Bytes, SocketError Error)> _arrivals = new();
    private readonly Queue<SocketError> _answers = new();
    private IEventLoop? _loop;
    private ITransportEvents? _events;
    private bool _readableReported;

    /// <summary>What was sent, and to whom: "text" to the connected peer, "text to address" to another.</summary>
    public List<string> Sent { get; } = [];

    public int SendCalls { get; private set; }

    public int ReceiveCalls { get; private set; }

    public bool ReadWanted { get; private set; }

    public bool WriteWanted { get; private set; }

    public bool Closed { get; private set; }

    public IPEndPoint? ConnectedTo { get; private set; }

    public List<string> Memberships { get; } = [];

    /// <summary>What Connect, Join and Leave throw, if anything.</summary>
    public Exception? Fault { get; set; }

    public int Descriptor => Closed ? -1 : 7;

    public EndPoint? LocalEndPoint { get; private set; }

    public void Arrives(string text) => Arrives(Encoding.ASCII.GetBytes(text));

    public void Arrives(byte[] bytes) => Arrives((bytes, SocketError.Success));

    public void ArrivesError(SocketError error) => Arrives(([], error));

    /// <summary>The next sends answer so, one each; after them sends succeed.</summary>
    public void Answers(params SocketError[] answers)
    {
        foreach (SocketError answer in answers)
        {
            _answers.Enqueue(answer);
        }
    }

    public void BecomesWritable() => Report(static events => events.OnWritable(), () => WriteWanted);

    public void Attach(IEventLoop loop, ITransportEvents events)
    {
        _loop = loop;
        _events = events;
    }

    public void Bind(EndPoint local)
    {
        EnsureOpen();
        LocalEndPoint = local;
    }

    public void Connect(IPEndPoint remote)
    {
        EnsureOpen();
        ThrowFault();
        LocalEndPoint ??= new IPEndPoint(IPAddress.Loopback, 1);
        ConnectedTo = remote;
    }

    public void Disconnect()
    {
        EnsureOpen();
        ThrowFault();
        ConnectedTo = null;
    }

    public TransportResult Receive(Span<byte> buffer, out IPEndPoint? sender)
    {
        EnsureOpen();
        ReceiveCalls++;
        sender = null;
        if (!_arrivals.TryDequeue(out (byte[] Bytes, SocketError Error) arrival))
        {
            return TransportResult.WouldBlock;
        }

        if (arrival.Error != SocketError.Success)
        {
            return TransportResult.Failed(arrival.Error);
        }

        // As the system does it: what finds no room is lost.
        int count = Math.Min(buffer.Length, arrival.Bytes.Length);
        arrival.Bytes.AsSpan(0, count).CopyTo(buffer);
        sender = Peer;
        return TransportResult.Of(count);
    }

    public TransportResult Send(ReadOnlySpan<byte> datagram, IPEndPoint? recipient)
    {
        EnsureOpen();
        SendCalls++;
        if (_answers.TryDequeue(out SocketError answer) && answer != SocketError.Success)
        {
            return TransportResult.Failed(answer);
        }

        Sent.Add(Encoding.ASCII.GetString(datagram) + (recipient is null ? "" : $" to {recipient}"));
        return TransportResult.Of(datagram.Length);
    }

    public void WantRead(bool wanted)
    {
        EnsureOpen();
        ReadWanted = wanted;
        if (wanted && _arrivals.Count > 0)
        {
            ReportReadable();
        }
    }

    public void WantWrite(bool wanted)
    {
        EnsureOpen();
        WriteWanted = wanted;
    }

    public void Join(in MulticastMembership membership) => Change($"joined {Words(membership)}");

    public void Leave(in MulticastMembership membership) => Change($"left {Words(membership)}");

    public void Close() => Closed = true;

    private static string Words(in MulticastMembership membership) =>
        $"{membership.Group} on {membership.Interface?.Name ?? "any"} from {membership.Source?.ToString() ?? "any"}";

    private void Change(string what)
    {
        EnsureOpen();
        ThrowFault();
        Memberships.Add(what);
    }

    private void Arrives((byte[] Bytes, SocketError Error) arrival)
    {
        _arrivals.Enqueue(arrival);
        if (ReadWanted)
        {
            ReportReadable();
        }
    }

    private void ReportReadable()
    {
        if (!_readableReported)
        {
            _readableReported = true;
            Report(static events => events.OnReadable(), TakeReport);
        }
    }

    private bool TakeReport()
    {
        _readableReported = false;
        return ReadWanted && _arrivals.Count > 0;
    }

    private void Report(Action<ITransportEvents> report, Func<bool> wanted)
    {
        Assert.True(_loop is not null, "The channel wanted reports before it gave its socket a loop.");
        _loop!.Execute(() =>
        {
            if (wanted() && !Closed)
            {
                report(_events!);
            }
        });
    }

    private void ThrowFault()
    {
        if (Fault is not null)
        {
            throw Fault;
        }
    }

    private void EnsureOpen() => Assert.False(Closed, "The channel used its socket after it had closed it.");
}
