using System.Diagnostics;
using System.Net;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>
/// Clients that do nothing wrong while others do: each echoes one message after the other on a thread of its own, and checks every byte.
/// </summary>
internal sealed class GoodClients : IDisposable
{
    private readonly RawPeer[] _peers;
    private readonly Task[] _tasks;
    private readonly List<double>[] _latencies;
    private readonly byte[] _message;
    private volatile bool _over;
    private int _phase;

    /// <param name="server">Whom they talk to.</param>
    /// <param name="count">How many.</param>
    /// <param name="message">What each sends, and must get back.</param>
    public GoodClients(IPEndPoint server, int count, byte[] message)
    {
        _message = message;
        _peers = [.. Enumerable.Range(0, count).Select(_ => new RawPeer(server))];
        _latencies = [new(), new()];
        _tasks = [.. _peers.Select(peer => Task.Factory.StartNew(() => Echo(peer), TaskCreationOptions.LongRunning))];
    }

    public int Count => _peers.Length;

    /// <summary>From now on a latency is one of the storm's, or one of the calm's.</summary>
    public bool InStorm
    {
        set => Volatile.Write(ref _phase, value ? 1 : 0);
    }

    /// <summary>How many messages came back so far.</summary>
    public int Echoed
    {
        get
        {
            lock (_latencies)
                return _latencies[0].Count + _latencies[1].Count;
        }
    }

    public double CalmP99 => P99(0);

    public double StormP99 => P99(1);

    /// <summary>Waits until so many more messages came back, over all clients.</summary>
    public async Task EchoMoreAsync(int messages)
    {
        int enough = Echoed + messages;
        CancellationToken deadline = Guard.Within(Guard.Program);
        while (Echoed < enough)
        {
            ThrowIfHarmed();
            Assert.False(deadline.IsCancellationRequested, $"only {Echoed} of {enough} messages came back");
            await Task.Delay(1);
        }
    }

    /// <summary>What was measured so far, at the start of both, was no measurement.</summary>
    public void Forget()
    {
        lock (_latencies)
        {
            foreach (List<double> phase in _latencies)
                phase.Clear();
        }
    }

    /// <summary>Ends them all; a client that was harmed tells how.</summary>
    public async Task EndAsync()
    {
        _over = true;
        await Task.WhenAll(_tasks).WaitAsync(Guard.Event);
    }

    public void Dispose()
    {
        _over = true;
        foreach (RawPeer peer in _peers)
            peer.Abandon();
        Task.WhenAll(_tasks).ContinueWith(static _ => { }, TaskScheduler.Default).Wait(Guard.Event);
        foreach (RawPeer peer in _peers)
            peer.Dispose();
    }

    private void ThrowIfHarmed()
    {
        foreach (Task task in _tasks)
        {
            if (task.IsFaulted)
                task.GetAwaiter().GetResult();
        }
    }

    private void Echo(RawPeer peer)
    {
        byte[] back = new byte[_message.Length];
        while (!_over)
        {
            int phase = Volatile.Read(ref _phase);
            long start = Stopwatch.GetTimestamp();
            peer.Send(_message);
            peer.ReceiveExactly(back);
            double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            Assert.Equal(_message, back);
            if (phase == Volatile.Read(ref _phase))
                Keep(phase, milliseconds);
        }
    }

    private void Keep(int phase, double milliseconds)
    {
        lock (_latencies)
            _latencies[phase].Add(milliseconds);
    }

    private double P99(int phase)
    {
        lock (_latencies)
        {
            double[] sorted = [.. _latencies[phase].Order()];
            return sorted[sorted.Length * 99 / 100];
        }
    }
}
