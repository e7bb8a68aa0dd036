using EsockdNetty.Benchmarks.Load;
using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>A running server.</summary>
internal sealed class SubjectProcess : IAsyncDisposable
{
    private static readonly TimeSpan ToStart = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ToAnswer = TimeSpan.FromSeconds(30);

    private readonly ChildProcess _child;

    private SubjectProcess(ChildProcess child, LoadTarget target)
    {
        _child = child;
        Target = target;
    }

    public LoadTarget Target { get; }

    /// <summary>The clock, in nanoseconds, just before it was started.</summary>
    public long Started => _child.Started;

    /// <summary>Starts it; it is done when it listens.</summary>
    public static async Task<SubjectProcess> StartAsync(Contender contender, FileLimit limit, CancellationToken cancelled)
    {
        (string file, IReadOnlyList<string> arguments) = ProcessorPlan.Pin(contender.Processors, contender.Subject.File, contender.Subject.Arguments);
        (file, arguments) = limit.Raise(file, arguments);
        var child = new ChildProcess(contender.Label, file, arguments);
        try
        {
            string address = await child.LineAsync("listening ", ToStart, cancelled);
            LoadTarget target = LoadTarget.Parse(address, child.Id) ?? throw child.Failure($"listens at {address}, which is no loopback address");
            return new SubjectProcess(child, target);
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Only of a contender that answers.</summary>
    public async Task<Figures> FiguresAsync(CancellationToken cancelled)
    {
        await _child.TellAsync(FigureLines.Question);
        return Figures.Parse(await _child.LineAsync($"{FigureLines.Question} ", ToAnswer, cancelled));
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();
}
