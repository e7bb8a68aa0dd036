using EsockdNetty.Benchmarks.Load;
using EsockdNetty.Benchmarks.Reporting;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>Runs workload after workload, and tells after each what it has found so far.</summary>
internal sealed class Runner
{
    private readonly RunOptions _options;
    private readonly ProgressLine _progress;
    private readonly Action<Results> _tell;
    private readonly ProcessorPlan _plan;
    private readonly Contenders _contenders;
    private readonly List<Workload> _missing;
    private readonly List<Row> _rows = [];
    private readonly List<string> _notes = [];
    private bool _lost;

    public Runner(RunOptions options, ProgressLine progress, Action<Results> tell)
    {
        _options = options;
        _progress = progress;
        _tell = tell;
        _plan = ProcessorPlan.Make(options);
        _contenders = new Contenders(options, _plan, Note);
        _missing = [.. WorkloadCatalog.All.Where(options.Wants)];
    }

    private Results Results => new(MachineFacts.Read(), _options, [.. _rows], [.. _notes], _lost) { Missing = [.. _missing.Select(static workload => workload.Name)] };

    /// <exception cref="RunFailedException">A server sent back a wrong byte: of that workload nothing is told.</exception>
    public async Task<Results> RunAsync(Interruption interruption)
    {
        Note(_plan.Words);
        foreach (Workload workload in WorkloadCatalog.All.Where(_options.Wants).TakeWhile(_ => !interruption.IsAsked))
        {
            await RunAsync(workload, interruption);
            _missing.Remove(workload);
            // Without a figure, what an earlier run has left is worth more.
            if (_rows.Count > 0)
                _tell(Results);
        }

        return Results;
    }

    private async Task RunAsync(Workload workload, Interruption interruption)
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
        var samples = new SampleTable();
        try
        {
            await (workload.Fresh ? FreshAsync(workload, contenders, cell, samples, interruption) : WarmAsync(workload, contenders, cell, limit, samples, interruption));
        }
        catch (OperationCanceledException) when (interruption.AtOnce.IsCancellationRequested)
        {
            // The rounds before stand.
        }

        if (interruption.IsAsked)
            Note($"{workload.Name}: interrupted, so perhaps with fewer rounds");
        _rows.AddRange(Row.Of(workload, contenders, samples));
    }

    private Task FreshAsync(Workload workload, IReadOnlyList<Contender> contenders, Cell cell, SampleTable samples, Interruption interruption) =>
        EachAsync(workload, contenders, interruption, async (contender, round) => samples.Add(
            contender,
            round,
            workload.Measure == Measure.ColdCpu ? await cell.ColdAsync(contender, interruption.AtOnce) : await cell.IdleAsync(contender, interruption.AtOnce)));

    private async Task WarmAsync(Workload workload, IReadOnlyList<Contender> contenders, Cell cell, FileLimit limit, SampleTable samples, Interruption interruption)
    {
        var servers = new Dictionary<string, SubjectProcess>();
        try
        {
            foreach (Contender contender in contenders.TakeWhile(_ => !interruption.IsAsked))
                await AttemptAsync($"{workload.Name}: {contender.Label} warms up", async () =>
                {
                    servers[contender.Label] = await SubjectProcess.StartAsync(contender, limit, interruption.AtOnce);
                    await cell.WarmUpAsync(contender, servers[contender.Label], interruption.AtOnce);
                });
            await EachAsync(workload, [.. contenders.Where(contender => servers.ContainsKey(contender.Label))], interruption, async (contender, round) =>
                samples.Add(contender, round, await cell.WarmAsync(contender, servers[contender.Label], interruption.AtOnce)));
        }
        finally
        {
            await Task.WhenAll(servers.Values.Select(static server => server.DisposeAsync().AsTask()));
        }
    }

    private Task EachAsync(Workload workload, IReadOnlyList<Contender> contenders, Interruption interruption, Func<Contender, int, Task> measure)
    {
        int rounds = Math.Min(workload.Rounds ?? _options.Rounds, _options.Rounds);
        return RoundRobin.RunAsync(contenders, rounds, interruption, (contender, round) =>
            AttemptAsync($"{workload.Name}: round {round + 1} of {rounds}, {contender.Label}", () => measure(contender, round)));
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
