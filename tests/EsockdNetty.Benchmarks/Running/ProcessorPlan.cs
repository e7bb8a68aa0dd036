namespace EsockdNetty.Benchmarks.Running;

/// <summary>Which processors servers and generator have, as taskset(1) takes them; null where nobody is held to any.</summary>
/// <param name="Words">What the report says of it.</param>
internal sealed record ProcessorPlan(string? Server, string? TwoForServer, string? Load, int LoadLoops, bool RatesOfTwoLoops, string Words)
{
    private const string TaskSet = "taskset";
    private const int EnoughForTwoLoops = 4;

    public static ProcessorPlan Make(RunOptions options) => Make(options, Allowed(), SystemTool.IsThere(TaskSet));

    public static ProcessorPlan Make(RunOptions options, IReadOnlyList<int> allowed, bool tasksetFound)
    {
        if (!tasksetFound)
            return Unpinned("servers and generator share all processors, because there is no taskset (util-linux)");
        if (allowed.Count < 2 && (options.ServerProcessors ?? options.LoadProcessors) is null)
            return Unpinned("servers and generator share the only processor there is: ratios are rough");

        string server = options.ServerProcessors ?? $"{allowed[0]}";
        string load = options.LoadProcessors ?? string.Join(',', allowed.Skip(1));
        string two = options.ServerProcessors ?? $"{allowed[0]},{allowed[1]}";
        bool enough = allowed.Count >= EnoughForTwoLoops && options.ServerProcessors is null && options.LoadProcessors is null;
        return new(server, two, load, Math.Clamp(allowed.Count - 1, 1, 4), enough, $"servers on processor {server}, the generator on {load}");
    }

    /// <summary>A command held to processors; as it is when they are null.</summary>
    public static (string File, IReadOnlyList<string> Arguments) Pin(string? processors, string file, IReadOnlyList<string> arguments) =>
        processors is null ? (file, arguments) : (TaskSet, ["-c", processors, file, .. arguments]);

    /// <summary>Reads a list as the kernel writes it: <c>0-3,8</c>.</summary>
    public static IReadOnlyList<int> ParseList(string text) =>
    [
        .. from range in text.Split(',', StringSplitOptions.TrimEntries)
           let ends = range.Split('-')
           let first = int.Parse(ends[0])
           from processor in Enumerable.Range(first, int.Parse(ends[^1]) - first + 1)
           select processor,
    ];

    private static ProcessorPlan Unpinned(string words) => new(null, null, null, 1, RatesOfTwoLoops: false, words);

    private static IReadOnlyList<int> Allowed()
    {
        const string Field = "Cpus_allowed_list:";
        string? line = OperatingSystem.IsLinux() ? File.ReadLines("/proc/self/status").FirstOrDefault(static line => line.StartsWith(Field, StringComparison.Ordinal)) : null;
        return line is null ? [.. Enumerable.Range(0, Environment.ProcessorCount)] : ParseList(line[Field.Length..]);
    }
}
