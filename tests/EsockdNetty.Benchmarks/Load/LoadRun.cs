using DotNetty.Transport.Channels;
using EsockdNetty.Benchmarks.Running;

namespace EsockdNetty.Benchmarks.Load;

/// <summary>One run of the generator: opens, warms up, measures, closes.</summary>
internal sealed class LoadRun
{
    private readonly LoadOptions _options;
    private readonly LoadLane[] _lanes;
    private readonly LaneLoad[] _loads;
    private readonly List<MemoryStep> _steps = [];

    private LoadRun(LoadOptions options, IEventLoopGroup loops)
    {
        _options = options;
        var connector = new Connector(options);
        var pattern = new Pattern(options.Size);
        _lanes = [.. loops.Items.Select(static loop => new LoadLane((IEventLoop)loop))];
        _loads = [.. _lanes.Select((lane, index) => new LaneLoad(options, lane, connector, pattern, Share(options.Connections, 0, index)))];
    }

    /// <param name="pause">
    /// Told of idle connections that are all open; else of nothing before the measurement, and of its result after it. The load goes on until it completes.
    /// </param>
    public static async Task<LoadResult> RunAsync(LoadOptions options, Func<LoadResult, Task>? pause = null)
    {
        IEventLoopGroup loops = Connector.NewLoops(options.Loops);
        try
        {
            return await new LoadRun(options, loops).RunAsync(pause ?? (static _ => Task.CompletedTask));
        }
        finally
        {
            await loops.ShutdownGracefullyAsync(TimeSpan.Zero, TimeSpan.FromSeconds(2));
        }
    }

    private async Task<LoadResult> RunAsync(Func<LoadResult, Task> pause)
    {
        LoadResult result;
        long before = 0;
        if (_options.Mode == LoadMode.Idle)
        {
            result = await OpenInSteps();
        }
        else
        {
            if (_options.Spin)
                await EachAsync(static load => load.StayAwake());
            await OpenAsync(_options.Connections);
            if (_options.Mode == LoadMode.Paced)
                await EachAsync(static load => load.StartPacing());
            await Task.Delay(_options.Warmup);
            before = new Mark(this).Units;
            await pause(new LoadResult());
            result = await MeasureAsync();
        }

        await pause(result);
        result = result with { UnitsWithPauses = new Mark(this).Units - before };
        await EachAsync(static load => load.CloseAll());
        return result;
    }

    private async Task<LoadResult> OpenInSteps()
    {
        var whole = new Mark(this);
        _steps.Add(new MemoryStep(0, ProcessMemory.Rss(_options.Target.ProcessId)));
        for (int step = 1; step <= _options.Steps; step++)
        {
            await OpenAsync(_options.OpenAfter(step));
            _steps.Add(new MemoryStep(_lanes.Sum(static lane => lane.Ready), ProcessMemory.Rss(_options.Target.ProcessId)));
        }

        return await ResultAsync(whole, new Mark(this));
    }

    private async Task<LoadResult> MeasureAsync()
    {
        await EachLaneAsync(static lane => lane.Latency.Clear());
        var begin = new Mark(this);
        await Task.Delay(_options.Duration);
        var end = new Mark(this);
        return await ResultAsync(begin, end);
    }

    private async Task<LoadResult> ResultAsync(Mark begin, Mark end)
    {
        var latency = new Histogram();
        foreach (LoadLane lane in _lanes)
            await OnLoop(lane, lane => latency.Add(lane.Latency));

        return new LoadResult
        {
            Seconds = (end.Time - begin.Time) / 1e9,
            Units = end.Units - begin.Units,
            AllUnits = end.Units,
            Open = _lanes.Sum(static lane => lane.Ready),
            ServerCpu = (end.ServerCpu - begin.ServerCpu).TotalSeconds,
            ServerCpuAtEnd = end.ServerCpu.TotalSeconds,
            LoadCpu = (end.LoadCpu - begin.LoadCpu).TotalSeconds,
            ServerRss = ProcessMemory.Rss(_options.Target.ProcessId),
            Latency = Latencies.Of(latency),
            Corrected = Latencies.Of(_options.Mode == LoadMode.Echo ? latency.CorrectedFor(latency.Percentile(0.5)) : latency),
            FirstEcho = _lanes.Where(static lane => lane.FirstEcho > 0).Select(static lane => lane.FirstEcho).DefaultIfEmpty().Min(),
            Steps = _steps,
            Mismatches = _lanes.Sum(static lane => lane.Mismatches),
            Errors = _lanes.Sum(static lane => lane.Errors),
            Failures = [.. _lanes.SelectMany(static lane => lane.Failures)],
        };
    }

    // What cannot be opened in time is seen by the counts: the run goes on with what there is.
    private async Task OpenAsync(int connections)
    {
        Task opened = Task.WhenAll(_loads.Select((load, index) => OnLoop(_lanes[index], _ => load.OpenAsync(Share(connections, index))).Unwrap()));
        if (await Task.WhenAny(opened, Task.Delay(LoadOptions.MostOpening(connections))) != opened)
            await EachLaneAsync(static lane => lane.Fail($"only {lane.Ready} connections were open in time"));
    }

    private Task<bool[]> EachAsync(Action<LaneLoad> action) =>
        Task.WhenAll(_loads.Select((load, index) => OnLoop(_lanes[index], _ => action(load))));

    private Task<bool[]> EachLaneAsync(Action<LoadLane> action) => Task.WhenAll(_lanes.Select(lane => OnLoop(lane, action)));

    private static Task<bool> OnLoop(LoadLane lane, Action<LoadLane> action) => OnLoop(lane, lane =>
    {
        action(lane);
        return true;
    });

    private static Task<T> OnLoop<T>(LoadLane lane, Func<LoadLane, T> function)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lane.Loop.Execute(() => result.SetResult(function(lane)));
        return result.Task;
    }

    private int Share(int connections, int index) => Share(connections, index, index + 1);

    // The connections of the lanes from one to before another: the whole is divided to within one.
    private int Share(int connections, int from, int to)
    {
        int lanes = _options.Loops;
        return (int)(((long)connections * to / lanes) - ((long)connections * from / lanes));
    }

    /// <summary>All that is read at one moment.</summary>
    private sealed class Mark(LoadRun run)
    {
        public long Units { get; } = run._lanes.Sum(static lane => lane.Units);

        public TimeSpan ServerCpu { get; } = ProcessClock.Read(run._options.Target.ProcessId);

        public long Time { get; } = LoadLane.Now;

        public TimeSpan LoadCpu { get; } = Environment.CpuUsage.TotalTime;
    }
}
