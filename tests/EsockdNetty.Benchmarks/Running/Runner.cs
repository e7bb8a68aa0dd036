using EsockdNetty.Benchmarks.Load;
using EsockdNetty.Benchmarks.Reporting;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>Runs workload after workload; in each, round after round all contenders, in an order that is turned by one every round.</summary>
internal sealed class Runner
{
    private readonly RunOptions _options;
    private readonly ProgressLine _progress;
    private readonly ProcessorPlan _plan;
    private readonly Contenders _contenders;
    private readonly List<Row> _rows = [];
    private readonly List<string> _notes = [];
    private bool _lost;

    public Runner(RunOptions options, ProgressLine progress)
    {
        _options = options;
        _progress = progress;
        _plan = ProcessorPlan.Make(options);
        _contenders = new Contenders(options, _plan, Note);
    }

    public async Task<Results> RunAsync(CancellationToken cancelled)
    {
        Note(_plan.Words);
        foreach (Workload workload in WorkloadCatalog.All.Where(_options.Wants))
            await RunAsync(workload, cancelled);

        return new Results(MachineFacts.Read(), _options, _rows, _notes, _lost);
    }

    private async Task RunAsync(Workload workload, CancellationToken cancelled)
    {
        _progress.Show($"{workload.Name}: preparing");
        IReadOnlyList<Contender> contenders = _contenders.Of(workload);
        if (contenders.Count == 0)
        {
            Note($"{workload.Name}: left out, nobody can serve it");
            return;
        }

        FileLimit limit = FileLimit.For(workload.Mode == LoadMode.Idle ? workload.Connections : 0);
        if (workload.Mode == LoadMode.Idle && limit.Connections < workload.Connections)
            Note($"{workload.Name}: {limit.Connections:N0} connections instead of {workload.Connections:N0}: the hard limit of descriptors is {limit.Most:N0} (raise it: ulimit -Hn, LimitNOFILE)");
        if (workload.Measure == Measure.Capacity && !_plan.RatesOfTwoLoops)
            Note($"{workload.Name}: by processor time a message, because rates of two loops need four processors, two of them for the generator");

        var cell = new Cell(workload, _options, _plan, limit);
        SampleTable samples = workload.Fresh ? await FreshAsync(workload, contenders, cell, cancelled) : await WarmAsync(workload, contenders, cell, limit, cancelled);
        _rows.AddRange(Row.Of(workload, contenders, samples));
    }

    private async Task<SampleTable> FreshAsync(Workload workload, IReadOnlyList<Contender> contenders, Cell cell, CancellationToken cancelled)
    {
        var samples = new SampleTable();
        await EachAsync(workload, contenders, async (contender, round) =>
            samples.Add(contender, round, workload.Measure == Measure.ColdCpu ? await cell.ColdAsync(contender, cancelled) : await cell.IdleAsync(contender, cancelled)));
        return samples;
    }

    private async Task<SampleTable> WarmAsync(Workload workload, IReadOnlyList<Contender> contenders, Cell cell, FileLimit limit, CancellationToken cancelled)
    {
        var samples = new SampleTable();
        var servers = new Dictionary<string, SubjectProcess>();
        try
        {
            foreach (Contender contender in contenders)
                await AttemptAsync($"{workload.Name}: {contender.Label} warms up", async () =>
                {
                    servers[contender.Label] = await SubjectProcess.StartAsync(contender, limit, cancelled);
                    await cell.WarmUpAsync(servers[contender.Label], cancelled);
                });
            await EachAsync(workload, [.. contenders.Where(contender => servers.ContainsKey(contender.Label))], async (contender, round) =>
                samples.Add(contender, round, await cell.WarmAsync(contender, servers[contender.Label], cancelled)));
            return samples;
        }
        finally
        {
            await Task.WhenAll(servers.Values.Select(static server => server.DisposeAsync().AsTask()));
        }
    }

    private async Task EachAsync(Workload workload, IReadOnlyList<Contender> contenders, Func<Contender, int, Task> measure)
    {
        int rounds = Math.Min(workload.Rounds ?? _options.Rounds, _options.Rounds);
        for (int round = 0; round < rounds; round++)
            for (int i = 0; i < contenders.Count; i++)
            {
                Contender contender = contenders[(round + i) % contenders.Count];
                if (round == 0 || !contender.FiguresOnly)
                    await AttemptAsync($"{workload.Name}: round {round + 1} of {rounds}, {contender.Label}", () => measure(contender, round));
            }
    }

    // What one cell loses is told, and the rest goes on.
    private async Task AttemptAsync(string what, Func<Task> action)
    {
        _progress.Show(what);
        try
        {
            await action();
        }
        catch (WrongByteException wrong)
        {
            throw new RunFailedException($"{what}: {wrong.Message}");
        }
        catch (Exception e) when (e is RunFailedException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            _lost = true;
            Note($"{what}: lost: {e.Message}");
        }
    }

    private void Note(string words)
    {
        if (_notes.Contains(words))
            return;

        _notes.Add(words);
        _progress.Tell(words);
    }
}
