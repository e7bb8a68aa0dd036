using System.Net;
using System.Net.Sockets;
using System.Text;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.TestSupport;

/// <summary>
/// A socket that a test writes the script of: what arrives and when, how much each send takes, which call fails and how. It reports like a
/// level triggered one, as work of the loop, and throws when it is used after its close.
/// </summary>
internal sealed class ScriptedSocket : ITransportSocket
{
    private readonly Queue<Arrival> _arrivals = new();
    private readonly Queue<TransportResult> _answers = new();
    private EndPoint _local = new IPEndPoint(IPAddress.Loopback, 1);
    private IEventLoop? _loop;
    private ITransportEvents? _events;

    /// <summary>What each send that succeeded took.</summary>
    public List<byte[]> Sends { get; } = [];

    public string Sent => string.Concat(Sends.Select(Encoding.ASCII.GetString));

    /// <summary>The calls of Send and SendMany, those that took nothing included.</summary>
    public int SendCalls { get; private set; }

    public int ReceiveCalls { get; private set; }

    public bool ReadWanted { get; private set; }

    public bool WriteWanted { get; private set; }

    public bool OutputShutdown { get; private set; }

    public bool WasReset { get; private set; }

    public bool Closed { get; private set; }

    public bool Attached => _loop is not null;

    public EndPoint? ConnectingTo { get; private set; }

    public SocketError ShutdownAnswer { get; set; }

    /// <summary>What Connect throws, if anything.</summary>
    public Exception? ConnectFault { get; set; }

    /// <summary>What Attach throws, if anything.</summary>
    public Exception? AttachFault { get; set; }

    /// <summary>What Receive throws, if anything.</summary>
    public Exception? ReceiveFault { get; set; }

    /// <summary>What the next wish to read throws, if anything.</summary>
    public Exception? WantReadFault { get; set; }

    /// <summary>What Close throws after it has closed, if anything.</summary>
    public Exception? CloseFault { get; set; }

    /// <summary>Called when the local address is asked for, as a closing channel does first of all.</summary>
    public Action? AddressAsked { get; set; }

    public int CloseCalls { get; private set; }

    public int Descriptor => Closed ? -1 : 7;

    public EndPoint? LocalEndPoint
    {
        get
        {
            AddressAsked?.Invoke();
            return _local;
        }
    }

    public EndPoint? RemoteEndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 2);

    public void Arrives(string text) => Arrives(Encoding.ASCII.GetBytes(text));

    public void Arrives(byte[] bytes) => Arrives(new Arrival(bytes, SocketError.Success));

    /// <summary>The peer's FIN.</summary>
    public void ArrivesEnd() => Arrives([]);

    public void ArrivesError(SocketError error) => Arrives(new Arrival([], error));

    /// <summary>The next sends answer so, one each; "of n" takes n bytes at most. After them sends take all.</summary>
    public void Answers(params TransportResult[] answers)
    {
        foreach (TransportResult answer in answers)
        {
            _answers.Enqueue(answer);
        }
    }

    public void BecomesWritable() => Report(static events => events.OnWritable(), () => WriteWanted);

    public void BecomesReadable() => Report(static events => events.OnReadable(), () => ReadWanted);

    public void Connects(SocketError outcome) => Report(events => events.OnConnected(outcome), static () => true);

    public void Attach(IEventLoop loop, ITransportEvents events)
    {
        if (AttachFault is not null)
        {
            throw AttachFault;
        }

        _loop = loop;
        _events = events;
    }

    public void Bind(EndPoint local)
    {
        EnsureOpen();
        _local = local;
    }

    public void Connect(EndPoint remote)
    {
        EnsureOpen();
        if (ConnectFault is not null)
        {
            throw ConnectFault;
        }

        ConnectingTo = remote;
    }

    public TransportResult Receive(Span<byte> buffer)
    {
        EnsureOpen();
        ReceiveCalls++;
        if (ReceiveFault is not null)
        {
            throw ReceiveFault;
        }

        if (!_arrivals.TryPeek(out Arrival? arrival))
        {
            return TransportResult.WouldBlock;
        }

        if (arrival.Error != SocketError.Success)
        {
            _arrivals.Dequeue();
            return TransportResult.Failed(arrival.Error);
        }

        if (arrival.Bytes.Length == 0)
        {
            // An end stays an end.
            return TransportResult.Of(0);
        }

        int count = arrival.CopyTo(buffer);
        if (arrival.IsEmpty)
        {
            _arrivals.Dequeue();
        }

        return TransportResult.Of(count);
    }

    public TransportResult Send(ReadOnlySpan<byte> bytes)
    {
        EnsureOpen();
        SendCalls++;
        if (_answers.TryDequeue(out TransportResult answer))
        {
            if (!answer.Succeeded)
            {
                return answer;
            }

            bytes = bytes[..Math.Min(bytes.Length, answer.Count)];
        }

        Sends.Add(bytes.ToArray());
        return TransportResult.Of(bytes.Length);
    }

    public TransportResult SendMany(IList<ArraySegment<byte>> segments) => Send(segments.SelectMany(static segment => segment).ToArray());

    public void WantRead(bool wanted)
    {
        EnsureOpen();
        EnsureAttached();
        if (wanted && WantReadFault is { } fault)
        {
            WantReadFault = null;
            throw fault;
        }

        ReadWanted = wanted;
        if (wanted && _arrivals.Count > 0)
        {
            BecomesReadable();
        }
    }

    public void WantWrite(bool wanted)
    {
        EnsureAttached();
        WriteWanted = wanted;
    }

    public SocketError Shutdown(SocketShutdown how)
    {
        EnsureOpen();
        OutputShutdown = true;
        return ShutdownAnswer;
    }

    public void PrepareReset() => WasReset = true;

    public void Close()
    {
        CloseCalls++;
        Closed = true;
        if (CloseFault is not null)
        {
            throw CloseFault;
        }
    }

    private void Arrives(Arrival arrival)
    {
        _arrivals.Enqueue(arrival);
        if (ReadWanted)
        {
            BecomesReadable();
        }
    }

    private void Report(Action<ITransportEvents> report, Func<bool> wanted)
    {
        EnsureAttached();
        _loop!.Execute(() =>
        {
            if (wanted() && !Closed)
            {
                report(_events!);
            }
        });
    }

    private void EnsureOpen() => Assert.False(Closed, "The channel used its socket after it had closed it.");

    private void EnsureAttached() => Assert.True(Attached, "The channel wanted reports before it gave its socket a loop.");

    private sealed class Arrival(byte[] bytes, SocketError error)
    {
        private int _taken;

        public byte[] Bytes => bytes;

        public SocketError Error => error;

        public bool IsEmpty => _taken == bytes.Length;

        public int CopyTo(Span<byte> buffer)
        {
            int count = Math.Min(buffer.Length, bytes.Length - _taken);
            bytes.AsSpan(_taken, count).CopyTo(buffer);
            _taken += count;
            return count;
        }
    }
}
