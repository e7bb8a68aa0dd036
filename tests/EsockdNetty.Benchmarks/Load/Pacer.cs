namespace EsockdNetty.Benchmarks.Load;

/// <summary>An open loop on one event loop: message after message at its time, over its connections in turn.</summary>
internal sealed class Pacer(LoadLane lane, double rate, bool spin)
{
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(1);

    private readonly List<PacedHandler> _connections = [];
    private readonly double _interval = 1e9 / rate;
    private long _start;
    private long _number;

    public void Add(PacedHandler connection) => _connections.Add(connection);

    /// <summary>Begins when all connections are open; it ends with its lane.</summary>
    public void Start()
    {
        _start = LoadLane.Now;
        Turn();
    }

    private void Turn()
    {
        if (lane.Stopping)
            return;

        long now = LoadLane.Now;
        for (long due = Due; due <= now; due = Due)
        {
            _connections[(int)(_number % _connections.Count)].Send(due);
            _number++;
        }

        // In the next round when it never sleeps: what has come back is looked at between any two turns.
        lane.Loop.Schedule(Turn, spin ? TimeSpan.Zero : Nap);
    }

    private long Due => _start + (long)(_number * _interval);
}
