using EsockdNetty.Benchmarks.Running;
using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Tests.Running;

public sealed class RoundRobinTests : IDisposable
{
    private readonly Interruption _interruption = new(static _ => { });
    private readonly List<string> _measured = [];

    public void Dispose() => _interruption.Dispose();

    [Fact]
    public async Task The_order_is_turned_by_one_every_round()
    {
        await RunAsync([New("a"), New("b"), New("c")], rounds: 3, static _ => { });

        Assert.Equal(["a0", "b0", "c0", "b1", "c1", "a1", "c2", "a2", "b2"], _measured);
    }

    [Fact]
    public async Task Who_is_asked_for_figures_alone_takes_part_in_the_first_round()
    {
        await RunAsync([New("a"), New("b") with { FiguresOnly = true }], rounds: 2, static _ => { });

        Assert.Equal(["a0", "b0", "a1"], _measured);
    }

    [Fact]
    public async Task A_round_that_has_begun_is_finished_and_no_other_is_begun()
    {
        await RunAsync([New("a"), New("b")], rounds: 5, what =>
        {
            if (what == "b1")
                _interruption.Ask();
        });

        Assert.Equal(["a0", "b0", "b1", "a1"], _measured);
    }

    private Task RunAsync(IReadOnlyList<Contender> contenders, int rounds, Action<string> meanwhile) =>
        RoundRobin.RunAsync(contenders, rounds, _interruption, (contender, round) =>
        {
            _measured.Add($"{contender.Label}{round}");
            meanwhile(_measured[^1]);
            return Task.CompletedTask;
        });

    private static Contender New(string name) => new(new Subject(name, "true", []), name, Loops: 1);
}
