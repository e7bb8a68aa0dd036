using System.Text.Json;
using EsockdNetty.Benchmarks.Load;
using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>Measures one contender once: it drives a generator against a server, and makes a sample of what both tell.</summary>
internal sealed class Cell(Workload workload, RunOptions options, ProcessorPlan plan, FileLimit limit)
{
    private static readonly TimeSpan ToLoad = TimeSpan.FromMinutes(5);

    // Compiled once and fully: the generator shall be as fast in its first second as in its last.
    private static readonly Dictionary<string, string> Compiled = new() { ["DOTNET_TieredCompilation"] = "0" };

    /// <summary>A server that is kept over the rounds.</summary>
    public async Task<Sample> WarmAsync(Contender contender, SubjectProcess server, CancellationToken cancelled)
    {
        if (contender.AnswersFigures)
            return await AskedAsync(contender, server, cancelled);

        LoadResult result = await LoadAsync(For(server.Target), cancelled);
        return new Sample(ValueOf(contender, result), result);
    }

    /// <summary>Load that is not measured: what is called often is compiled, and what the first question costs is spent.</summary>
    public async Task WarmUpAsync(Contender contender, SubjectProcess server, CancellationToken cancelled)
    {
        if (contender.AnswersFigures)
            await server.FiguresAsync(cancelled);
        await LoadAsync(For(server.Target) with { Duration = options.Warmup * 2 }, cancelled);
    }

    // Asked under load: connections that open and close are no part of it.
    private async Task<Sample> AskedAsync(Contender contender, SubjectProcess server, CancellationToken cancelled)
    {
        await using ChildProcess load = Start(For(server.Target) with { Hold = true });
        await load.LineAsync(LoadCommand.PausedPrefix, ToLoad, cancelled);
        Figures before = await server.FiguresAsync(cancelled);
        await load.TellAsync("");
        await load.LineAsync(LoadCommand.PausedPrefix, ToLoad, cancelled);
        Figures after = await server.FiguresAsync(cancelled);
        await load.TellAsync("");
        LoadResult result = Checked(await load.LineAsync("{", ToLoad, cancelled), "{");
        return new Sample(ValueOf(contender, result), result)
        {
            // Each answer was given somewhere in its pause.
            AllocatedPerUnit = (after.Allocated - before.Allocated) / Math.Max((result.Units + result.UnitsWithPauses) / 2.0, 1),
            Collections = after.CollectionsSince(before),
        };
    }

    /// <summary>A server of its own, and what its connections cost while they are open.</summary>
    public async Task<Sample> IdleAsync(Contender contender, CancellationToken cancelled)
    {
        await using SubjectProcess server = await SubjectProcess.StartAsync(contender, limit, cancelled);
        Figures? before = contender.AnswersFigures ? await server.FiguresAsync(cancelled) : null;
        LoadOptions idle = For(server.Target);
        await using ChildProcess load = Start(idle);
        LoadResult opened = Checked(await load.LineAsync(LoadCommand.PausedPrefix, ToLoad + idle.MostOpeningInSteps, cancelled));
        Figures? after = contender.AnswersFigures ? await server.FiguresAsync(cancelled) : null;
        await load.TellAsync("");
        LoadResult ended = Checked(await load.LineAsync("{", ToLoad, cancelled), "{");
        return new Sample(ValueOf(contender, opened), ended)
        {
            ManagedPerConnection = (double?)(after?.ManagedAfterGc - before?.ManagedAfterGc) / Math.Max(opened.Open, 1),
        };
    }

    /// <summary>A server's first second, by a generator that is warm.</summary>
    public async Task<Sample> ColdAsync(Contender contender, CancellationToken cancelled)
    {
        await using ChildProcess load = await RehearseAsync(contender, cancelled);
        await using SubjectProcess server = await SubjectProcess.StartAsync(contender, limit, cancelled);
        TimeSpan cpuBefore = ProcessClock.Read(server.Target.ProcessId);
        await load.TellAsync($"{server.Target} {server.Target.ProcessId}");
        LoadResult result = Checked(await load.LineAsync("{", ToLoad, cancelled), "{");
        return new Sample((result.ServerCpuAtEnd - cpuBefore.TotalSeconds) * 1e6 / Math.Max(result.AllUnits, 1), result)
        {
            FirstEcho = TimeSpan.FromMicroseconds((result.FirstEcho - server.Started) / 1e3),
        };
    }

    private async Task<ChildProcess> RehearseAsync(Contender contender, CancellationToken cancelled)
    {
        await using SubjectProcess other = await SubjectProcess.StartAsync(contender, limit, cancelled);
        ChildProcess load = Start(For(other.Target) with { Warmup = TimeSpan.Zero, Duration = TimeSpan.FromSeconds(1) }, rehearse: true);
        await load.LineAsync(LoadCommand.Rehearsed, ToLoad, cancelled);
        return load;
    }

    private LoadOptions For(LoadTarget target) => workload.For(target) with
    {
        Connections = workload.Mode == LoadMode.Idle ? Math.Min(workload.Connections, limit.Connections) : workload.Connections,
        Warmup = options.Warmup,
        Duration = options.Duration,
        Loops = workload.Comparison == Comparison.WithOneLoop && plan.RatesOfTwoLoops ? plan.LoadLoops : 1,
        Spin = plan.Load is not null && (workload.Mode == LoadMode.Paced || workload is { Mode: LoadMode.Echo, Connections: 1 }),
    };

    private async Task<LoadResult> LoadAsync(LoadOptions load, CancellationToken cancelled)
    {
        await using ChildProcess child = Start(load);
        return Checked(await child.LineAsync("{", ToLoad, cancelled), "{");
    }

    private ChildProcess Start(LoadOptions load, bool rehearse = false)
    {
        (string file, IReadOnlyList<string> arguments) = ProcessorPlan.Pin(plan.Load, ChildProcess.DotNet, ChildProcess.Own(LoadCommand.Arguments(load, rehearse)));
        (file, arguments) = limit.Raise(file, arguments);
        return new ChildProcess("load generator", file, arguments, Compiled);
    }

    private double ValueOf(Contender contender, LoadResult result) => workload.Measure switch
    {
        Measure.Memory => MemorySlope.Of(result.Steps) / 1024,
        Measure.RoundTrip => 1e6 / Math.Max(result.Rate, 1),
        Measure.Capacity => plan.RatesOfTwoLoops ? 1e6 / Math.Max(result.Rate, 1) : result.CpuPerUnit / contender.Loops,
        _ => result.CpuPerUnit,
    };

    // A wrong byte ends the whole run; a connection that failed loses the round.
    private static LoadResult Checked(string json, string prefix = "")
    {
        LoadResult result = JsonSerializer.Deserialize<LoadResult>(prefix + json) ?? throw new RunFailedException("load generator: no result");
        if (result.Mismatches > 0)
            throw new WrongByteException(string.Join("; ", result.Failures));
        if (result.Errors > 0)
            throw new RunFailedException($"{result.Errors} failures: {string.Join("; ", result.Failures)}");

        return result;
    }
}
