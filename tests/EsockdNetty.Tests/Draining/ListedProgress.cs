using EsockdNetty.Draining;

namespace EsockdNetty.Tests.Draining;

/// <summary>Keeps what it is told. Any thread.</summary>
internal sealed class ListedProgress : IProgress<DrainProgress>
{
    private readonly List<DrainProgress> _told = [];

    public IReadOnlyList<DrainProgress> Told
    {
        get
        {
            lock (_told)
            {
                return [.. _told];
            }
        }
    }

    public IEnumerable<int> Remaining => Told.Select(static told => told.Remaining);

    public void Report(DrainProgress value)
    {
        lock (_told)
        {
            _told.Add(value);
        }
    }
}
