using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>Who takes part in a workload.</summary>
internal sealed class Contenders(RunOptions options, ProcessorPlan plan, Action<string> missing)
{
    /// <summary>How the figures of others are told: as multiples of its own.</summary>
    public const string Reference = "C epoll";

    // What .NET believes to be the number of processors decides whether a loop looks again before it sleeps.
    private const string ProcessorCount = "DOTNET_PROCESSOR_COUNT";
    private const string Ours = "EchoServer";
    private const string Hosts = "serve ";

    private static readonly Dictionary<string, string> OneProcessor = new() { [ProcessorCount] = "1" };
    private static readonly Dictionary<string, string> TwoProcessors = new() { [ProcessorCount] = "2" };

    public IReadOnlyList<Contender> Of(Workload workload) => workload switch
    {
        { Comparison: Comparison.WithoutSpinning } => Spinning(workload),
        { Comparison: Comparison.WithOneLoop } => Loops(workload),
        { Measure: Measure.Open } => [.. Wanted(workload.Serve).Where(IsOurs).Select(subject => New(subject, workload.Serve))],
        _ => All(workload),
    };

    private List<Contender> All(Workload workload)
    {
        List<Subject> subjects = [.. Wanted(workload.Serve)];
        bool programMeasured = subjects.Any(IsOurs);
        string? reference = workload.Comparison == Comparison.WithReference && subjects.Any(static subject => subject.Name == Reference) ? Reference : null;
        return [.. subjects.Select(subject => New(subject, workload.Serve) with
        {
            Baseline = reference,
            FiguresOnly = programMeasured && subject.Name.StartsWith(Hosts, StringComparison.Ordinal),
        })];
    }

    private List<Contender> Spinning(Workload workload)
    {
        var contenders = new List<Contender>();
        foreach (Subject subject in Wanted(workload.Serve).Where(static subject => subject.Name == Budget.Subject))
        {
            string without = $"{subject.Name}, without spinning";
            contenders.Add(New(subject, workload.Serve) with { Baseline = without, Environment = TwoProcessors });
            contenders.Add(New(subject, workload.Serve) with { Label = without, Environment = OneProcessor });
        }

        return contenders;
    }

    private List<Contender> Loops(Workload workload)
    {
        ServeOptions one = workload.Serve with { Loops = 1 };
        IReadOnlyDictionary<string, string> environment = plan.RatesOfTwoLoops ? new Dictionary<string, string>() : OneProcessor;
        var contenders = new List<Contender>();
        foreach (Subject subject in Wanted(workload.Serve).Where(static subject => IsOurs(subject) || subject.Name == Reference))
        {
            string single = $"{subject.Name}, one loop";
            contenders.Add(New(subject, workload.Serve) with { Baseline = single, Processors = plan.TwoForServer, Environment = environment });
            contenders.AddRange(SubjectCatalog.For(one, static _ => { }).Where(other => other.Name == subject.Name)
                .Select(other => New(other, one) with { Label = single, Environment = environment }));
        }

        return contenders;
    }

    private IEnumerable<Subject> Wanted(ServeOptions serve) => SubjectCatalog.For(serve, missing).Where(subject => options.WantsSubject(subject.Name));

    private Contender New(Subject subject, ServeOptions serve) => new(subject, subject.Name, serve.Loops) { Processors = plan.Server };

    private static bool IsOurs(Subject subject) => subject.Name.StartsWith(Ours, StringComparison.Ordinal);
}
