namespace EsockdNetty.Benchmarks.Reporting;

/// <summary>How the figures are to be read; under the table wherever it is printed.</summary>
internal static class Explanation
{
    public static IReadOnlyList<string> Lines { get; } =
    [
        "figure: processor time of the server a message, connection or handshake, by the kernel's clock of its process (user and system, all threads, "
            + "nanoseconds); in \"roundtrip\" the time of one, on one connection; KB of resident memory a connection for idle ones, as the slope from a fifth of them to all, and how many were open; less is better.",
        "ratio: to the C epoll server in the same round; in \"paced\" to the same server that does not spin before it sleeps, in \"roundtrip\" and \"sockets-…\" to the plain socket loop, in \"loops\" to the same on one loop "
            + "(0.56 is 1.8 times as much). Median of the rounds, with its 90 % interval from order statistics.",
        "verdict: missed when the whole interval is above the budget, within when none of it is, else undecided; fewer than 7 rounds decide nothing.",
        "Every server is started once a workload, warmed up, and kept over its rounds, whose order turns; \"cold\" and \"idle\" start anew each round. "
            + "In \"cold\" the generator is warm, and the figure is all processor time from listening to the end of the first second.",
        "latency: closed loop, corrected for coordinated omission by the median round trip as the expected interval; in \"paced\" it counts from the time "
            + "a message should have left. busy: processors the server used.",
        "B/unit: managed bytes allocated a message under load, by the counters of a server of the same pipeline (serve …), and GCs the collections meanwhile; "
            + "2 to 3 bytes a buffer are the leak detector's, which follows one in 128. For idle connections managed bytes held after a full collection.",
    ];
}
