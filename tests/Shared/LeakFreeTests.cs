using System.Collections.Concurrent;
using DotNetty.Common;

namespace EsockdNetty.TestSupport;

/// <summary>
/// A base for tests that must release everything. Every reference-counted object born during the test is followed, and the test fails if one is
/// still open five seconds after its end, or was collected unreleased. Other tests' objects would be counted too, so nothing may run beside it:
/// the base class puts its tests into the collection "leak-checked", which runs alone, after all parallel ones. Don't give a derived class another
/// <c>[Collection]</c>. A derived class with a clean-up of its own overrides <see cref="Dispose()"/> and calls the base last.
/// </summary>
[Collection(LeakCheckedCollection.Name)]
public abstract class LeakFreeTests : IDisposable
{
    private readonly ResourceLeakDetector.DetectionLevel _levelBefore = ResourceLeakDetector.Level;
    private readonly ConcurrentQueue<string> _collected = new();
    private readonly TimeSpan _grace;
    private readonly long _start;

    protected LeakFreeTests()
        : this(TimeSpan.FromSeconds(5))
    {
    }

    /// <param name="grace">How long other threads may take to release at the end.</param>
    protected LeakFreeTests(TimeSpan grace)
    {
        _grace = grace;

        // What earlier tests left behind is theirs, also when it is collected only now.
        _start = ResourceLeakDetector.Mark();
        ResourceLeakDetector.Level = ResourceLeakDetector.DetectionLevel.Paranoid;
        ResourceLeakDetector.LeakReported += OnLeakReported;
    }

    public virtual void Dispose()
    {
        try
        {
            // Loops and other threads may still be about to release.
            SpinWait.SpinUntil(() => ResourceLeakDetector.DescribeOpenTrackers(_start).Count == 0, _grace);
            ResourceLeakDetector.CheckNow();
        }
        finally
        {
            ResourceLeakDetector.LeakReported -= OnLeakReported;
            ResourceLeakDetector.Level = _levelBefore;
        }

        string[] leaks = [.. ResourceLeakDetector.DescribeOpenTrackers(_start), .. _collected];
        Assert.True(leaks.Length == 0, $"{leaks.Length} objects were not released:{Environment.NewLine}{string.Join(Environment.NewLine, leaks)}");
    }

    private void OnLeakReported(LeakReport report)
    {
        if (report.Id > _start)
            _collected.Enqueue($"{report.ResourceType} (collected){Environment.NewLine}{report.Records}");
    }
}
