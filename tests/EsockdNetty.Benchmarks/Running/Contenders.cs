using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>Who takes part in a workload.</summary>
internal sealed class Contenders(RunOptions options, ProcessorPlan plan, Action<string> missing)
{
    /// <summary>How the figures of others are told: as multiples of its own.</summary>
    public const string Reference = "C epoll";

    private const string Ours = "EchoServer";
    private const string Hosts = "serve ";

    public IReadOnlyList<Contender> Of(Workload workload) => workload switch
    {
        { Comparison: Comparison.WithoutSpinning } => [.. Spinning(workload)],
        { Comparison: Comparison.WithSocketLoop } => RoundTrips(workload),
        { Comparison: Comparison.SocketsWithSocketLoop } => OnSockets(workload),
        { Comparison: Comparison.WithOneLoop } => Loops(workload),
        { OursOnly: true } => [.. All(workload).Where(static contender => IsOurs(contender.Subject) || IsHost(contender.Subject))],
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
            FiguresOnly = programMeasured && IsHost(subject),
        })];
    }

    private IEnumerable<Contender> Spinning(Workload workload)
    {
        foreach (Subject subject in Wanted(workload.Serve).Where(static subject => subject.Name == Budget.Subject))
        {
            string without = $"{subject.Name}, without spinning";
            yield return New(SubjectCatalog.WithSpin(subject, "on"), workload.Serve) with { Baseline = without };
            yield return New(SubjectCatalog.WithSpin(subject, "off"), workload.Serve) with { Label = without };
        }
    }

    private List<Contender> RoundTrips(Workload workload)
    {
        Contender[] others = [.. All(workload).Where(static contender => contender.Label != Budget.Subject && !contender.FiguresOnly)];
        return ComparedWithLoop([.. others.Concat(Spinning(workload))]);
    }

    private List<Contender> OnSockets(Workload workload) =>
        ComparedWithLoop([.. All(workload).Where(static contender => contender.Label is Budget.PortableSubject or SubjectCatalog.SocketLoop)]);

    private static List<Contender> ComparedWithLoop(Contender[] contenders)
    {
        string? loop = contenders.Any(static contender => contender.Label == SubjectCatalog.SocketLoop) ? SubjectCatalog.SocketLoop : null;
        return [.. contenders.Select(contender => contender with { Baseline = loop })];
    }

    private List<Contender> Loops(Workload workload)
    {
        ServeOptions one = workload.Serve with { Loops = 1 };
        var contenders = new List<Contender>();
        foreach (Subject subject in Wanted(workload.Serve).Where(static subject => IsOurs(subject) || subject.Name == Reference))
        {
            string single = $"{subject.Name}, one loop";
            contenders.Add(New(Looping(subject), workload.Serve) with { Baseline = single, Processors = plan.TwoForServer });
            contenders.AddRange(SubjectCatalog.For(one, static _ => { }).Where(other => other.Name == subject.Name)
                .Select(other => New(Looping(other), one) with { Label = single }));
        }

        return contenders;
    }

    // By processor time, and with the generator beside it: what a loop spins would count as its work.
    private Subject Looping(Subject subject) => plan.RatesOfTwoLoops || subject.Name != Budget.Subject ? subject : SubjectCatalog.WithSpin(subject, "off");

    private IEnumerable<Subject> Wanted(ServeOptions serve) => SubjectCatalog.For(serve, missing).Where(subject => options.WantsSubject(subject.Name));

    private Contender New(Subject subject, ServeOptions serve) => new(subject, subject.Name, serve.Loops) { Processors = plan.Server };

    private static bool IsOurs(Subject subject) => subject.Name.StartsWith(Ours, StringComparison.Ordinal);

    private static bool IsHost(Subject subject) => subject.Name.StartsWith(Hosts, StringComparison.Ordinal);
}
