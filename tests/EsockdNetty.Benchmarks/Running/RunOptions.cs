namespace EsockdNetty.Benchmarks.Running;

/// <summary>What is to be run, and how long.</summary>
internal sealed record RunOptions
{
    public int Rounds { get; init; } = Budget.FewestRounds;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(3);

    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Names of workloads; empty is all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Beginnings of subjects' names; empty is all.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>Where the reports are written.</summary>
    public string Output { get; init; } = Path.Combine("artifacts", "benchmarks");

    /// <summary>Processors of the servers, as taskset(1) takes them; null picks the first.</summary>
    public string? ServerProcessors { get; init; }

    /// <summary>Those of the generator; null picks another than the servers'.</summary>
    public string? LoadProcessors { get; init; }

    /// <summary>A look whether all works, in a few seconds: what it measures decides nothing.</summary>
    public RunOptions Quick() => this with
    {
        Rounds = 1,
        Duration = TimeSpan.FromSeconds(0.3),
        Warmup = TimeSpan.FromSeconds(0.2),
    };

    public bool Wants(Workload workload) => Only.Count == 0 || Only.Contains(workload.Name, StringComparer.OrdinalIgnoreCase);

    public bool WantsSubject(string name) =>
        Subjects.Count == 0 || Subjects.Any(wanted => name.StartsWith(wanted, StringComparison.OrdinalIgnoreCase));
}
