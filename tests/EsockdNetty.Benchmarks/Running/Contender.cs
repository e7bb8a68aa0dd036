using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>A subject in one workload: how it is started there, and whose figures of the same round its own are divided by.</summary>
/// <param name="Label">Its name in the table.</param>
/// <param name="Loops">Its event loops, where it lets us choose.</param>
internal sealed record Contender(Subject Subject, string Label, int Loops)
{
    /// <summary>The label of the contender it is compared with; null: with none.</summary>
    public string? Baseline { get; init; }

    /// <summary>Processors it is held to; null: to none.</summary>
    public string? Processors { get; init; }

    /// <summary>True when it is asked for its allocations alone, and one round tells them.</summary>
    public bool FiguresOnly { get; init; }

    /// <summary>True when it is this program, which answers <c>figures</c>.</summary>
    public bool AnswersFigures => Subject.Arguments.Contains("serve");
}
