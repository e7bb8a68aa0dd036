namespace EsockdNetty.Benchmarks.Running;

/// <summary>The samples of a workload by contender and round.</summary>
internal sealed class SampleTable
{
    private readonly Dictionary<(string Label, int Round), Sample> _samples = [];

    public void Add(Contender contender, int round, Sample sample) => _samples[(contender.Label, round)] = sample;

    public IReadOnlyList<Sample> Of(string label) => [.. _samples.Where(pair => pair.Key.Label == label).OrderBy(static pair => pair.Key.Round).Select(static pair => pair.Value)];

    /// <summary>One label's values divided by another's, of the rounds that have both.</summary>
    public IReadOnlyList<double> Ratios(string label, string baseline) =>
    [
        .. from pair in _samples
           where pair.Key.Label == label && _samples.ContainsKey((baseline, pair.Key.Round))
           orderby pair.Key.Round
           select pair.Value.Value / _samples[(baseline, pair.Key.Round)].Value,
    ];
}
