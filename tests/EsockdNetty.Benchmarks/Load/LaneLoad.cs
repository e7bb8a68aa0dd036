using DotNetty.Transport.Channels;

namespace EsockdNetty.Benchmarks.Load;

/// <summary>One lane's share of a run: keeps its connections opening, at most so many at a time, and opens anew where that is the load.</summary>
internal sealed class LaneLoad
{
    private const int MostOpening = 200;

    private readonly LoadOptions _options;
    private readonly LoadLane _lane;
    private readonly Connector _connector;
    private readonly Pattern _pattern;
    private readonly Pacer _pacer;
    private readonly int _first;
    private int _goal;
    private int _started;
    private int _settled;
    private int _sequence;

    /// <param name="first">The number of this lane's first connection among all.</param>
    public LaneLoad(LoadOptions options, LoadLane lane, Connector connector, Pattern pattern, int first)
    {
        _options = options;
        _lane = lane;
        _connector = connector;
        _pattern = pattern;
        _first = first;
        _pacer = new Pacer(lane, options.Rate / options.Loops, options.Spin);
    }

    private bool Repeats => _options.Mode is LoadMode.Connect or LoadMode.Handshake;

    /// <summary>Opens connections up to that many, and completes when all of them are ready (at once where they come and go).</summary>
    public Task OpenAsync(int goal)
    {
        _goal = goal;
        Task ready = _lane.ReachAsync(Repeats ? 0 : goal);
        OpenMore();
        return ready;
    }

    public void StartPacing() => _pacer.Start();

    public void StayAwake() => new Wakefulness(_lane).Begin();

    public void CloseAll()
    {
        _lane.Stop();
        foreach (IChannel channel in _lane.Channels.ToArray())
            channel.CloseAsync();
    }

    private void OpenMore()
    {
        while (_started < _goal && _started - _settled < MostOpening && !_lane.Stopping && _lane.Errors == 0)
            _ = RunAsync(_first + _started++);
    }

    // Everything here happens on the lane's loop: awaiting resumes there.
    private async Task RunAsync(int connection)
    {
        int generation = 0;
        do
        {
            var stream = new EchoStream(_pattern, connection, generation++, _options.Size, _options.Framing);
            LoadHandler handler = NewHandler(stream);
            await _connector.OpenAsync(_lane, Repeats ? _sequence++ : connection, handler);
            if (Repeats)
                await handler.Ended;
        }
        while (Repeats && !_lane.Stopping && _lane.Errors == 0);

        _settled++;
        OpenMore();
    }

    private LoadHandler NewHandler(EchoStream stream) => _options.Mode switch
    {
        LoadMode.Echo => new ClosedLoopHandler(_lane, stream, _options.Target.Tls, _options.Depth),
        LoadMode.Paced => new PacedHandler(_lane, stream, _options.Target.Tls, _pacer),
        LoadMode.Connect => new ConnectHandler(_lane, stream, _options.Target.Tls),
        LoadMode.Handshake => new HandshakeHandler(_lane, stream),
        _ => new IdleHandler(_lane, stream, _options.Target.Tls, _options.EchoOnIdle),
    };
}
