namespace EsockdNetty.Benchmarks.Running;

/// <summary>What a figure may be at most.</summary>
internal static class Budget
{
    /// <summary>Fewer rounds decide nothing.</summary>
    public const int FewestRounds = 7;

    /// <summary>Whom the budgets bind: what a user gets who asks for nothing else on Linux.</summary>
    public const string Subject = "EchoServer epoll";

    /// <summary>Whom those of the workloads bind that compare with the plain loop of sockets: what a user gets elsewhere.</summary>
    public const string PortableSubject = "EchoServer sockets";

    private static readonly Dictionary<string, double> Most = new()
    {
        ["c1"] = 1.10,
        ["roundtrip"] = 1.00,
        ["c64"] = 1.10,
        ["d16"] = 1.15,
        ["c1000"] = 1.10,
        ["s16k"] = 1.10,
        ["p2d16"] = 1.15,
        ["connect"] = 1.15,
        ["tls-c64"] = 1.20,
        ["handshake"] = 1.15,
        ["paced"] = 1.10,
        ["loops"] = 1 / 1.8,
        ["idle"] = 2.0,
        ["idle-100k"] = 2.0,
        ["sockets-c1"] = 1.40,
        ["sockets-c64"] = 1.10,
        ["sockets-d16"] = 1.10,
    };

    /// <summary>The budget of a workload: a ratio, or KB a connection; null when it has none.</summary>
    public static double? Of(string workload) => Most.TryGetValue(workload, out double most) ? most : null;

    /// <summary>The contender whom the workload's budget binds.</summary>
    public static string BoundBy(Workload workload) => workload.Comparison == Comparison.SocketsWithSocketLoop ? PortableSubject : Subject;

    /// <summary>Missed when the interval's lower end is above the budget.</summary>
    public static Verdict Judge(Interval? interval, double? budget, int rounds)
    {
        if (budget is null || interval is null)
            return Verdict.None;
        if (rounds < FewestRounds || !interval.Sure)
            return Verdict.Undecided;
        if (interval.Low > budget)
            return Verdict.Missed;

        return interval.High <= budget ? Verdict.Within : Verdict.Undecided;
    }
}
