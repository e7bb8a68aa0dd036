using System.Runtime.CompilerServices;
using EsockdNetty.TestSupport;
using static DotNetty.Common.ResourceLeakDetector;

namespace DotNetty.Common.Tests;

[Collection(LeakCheckedCollection.Name)]
public sealed class ResourceLeakDetectorTests : IDisposable
{
    private readonly DetectionLevel _levelBefore = Level;
    private readonly List<LeakReport> _reports = [];
    private readonly ResourceLeakDetector _detector = new("thing");

    public ResourceLeakDetectorTests()
    {
        CheckNow();
        LeakReported += _reports.Add;
        Level = DetectionLevel.Paranoid;
    }

    public void Dispose()
    {
        LeakReported -= _reports.Add;
        Level = _levelBefore;
    }

    [Fact]
    public void Reports_an_object_that_was_collected_while_open()
    {
        Abandon(_detector, "left in the test");

        Collect();
        CheckNow();

        var report = Assert.Single(_reports);
        Assert.Equal("thing", report.ResourceType);
        Assert.Contains("left in the test", report.Records, StringComparison.Ordinal);
        Assert.Contains(nameof(Abandon), report.Records, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_a_collected_object_at_the_next_birth_without_being_asked()
    {
        Abandon(_detector, null);
        Collect();

        var next = new object();
        var tracker = _detector.Track(next);

        Assert.Single(_reports);
        Assert.True(tracker.Close(next));
    }

    [Fact]
    public void Does_not_report_an_object_that_was_closed()
    {
        TrackAndClose(_detector);

        Collect();
        CheckNow();

        Assert.Empty(_reports);
    }

    [Fact]
    public void A_hint_does_not_keep_the_object_alive()
    {
        TrackWithItselfAsHint(_detector);

        Collect();
        CheckNow();

        Assert.Single(_reports);
    }

    [Fact]
    public void Counts_and_describes_what_is_open_without_a_collection()
    {
        var before = OpenTrackers;
        var mark = Mark();
        var thing = new object();

        var tracker = _detector.Track(thing);
        tracker.Record("held by nobody");

        Assert.Equal(before + 1, OpenTrackers);
        Assert.Contains("held by nobody", Assert.Single(DescribeOpenTrackers(mark)), StringComparison.Ordinal);
        Assert.True(tracker.Close(thing));
        Assert.Equal(before, OpenTrackers);
        Assert.Empty(DescribeOpenTrackers(mark));
    }

    [Fact]
    public void Closes_once()
    {
        var thing = new object();
        var tracker = _detector.Track(thing);

        Assert.True(tracker.Close(thing));
        Assert.False(tracker.Close(thing));
    }

    [Fact]
    public void Refuses_to_close_for_another_object()
    {
        var thing = new object();
        var tracker = _detector.Track(thing);

        Assert.Throws<ArgumentException>(() => tracker.Close(new object()));
        Assert.True(tracker.Close(thing));
    }

    [Fact]
    public void Follows_nothing_when_disabled()
    {
        Level = DetectionLevel.Disabled;

        Assert.False(Enabled);
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Null(_detector.Track(new object())));
    }

    [Theory]
    [InlineData(DetectionLevel.Simple)]
    [InlineData(DetectionLevel.Advanced)]
    public void Samples_about_one_in_the_interval(DetectionLevel level)
    {
        Level = level;
        var thing = new object();

        var sampled = Enumerable.Range(0, 128 * 400).Count(_ => _detector.Track(thing)?.Close(thing) == true);

        Assert.InRange(sampled, 250, 600);
    }

    [Fact]
    public void Follows_every_object_when_the_interval_is_one()
    {
        Level = DetectionLevel.Simple;
        var every = new ResourceLeakDetector("thing", 1);
        var thing = new object();

        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(every.Track(thing).Close(thing)));
    }

    [Fact]
    public void Allocates_nothing_for_an_object_that_is_not_sampled()
    {
        Level = DetectionLevel.Simple;
        var rare = new ResourceLeakDetector("thing", 1_000_000_000);
        var thing = new object();
        while (rare.Track(thing) is { } tracker)
            tracker.Close(thing);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
            rare.Track(thing);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        ResetSampling();

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Keeps_the_last_record_only_when_simple()
    {
        Level = DetectionLevel.Simple;
        var every = new ResourceLeakDetector("thing", 1);
        var thing = new object();
        var mark = Mark();
        var tracker = every.Track(thing);

        tracker.Record("first");
        tracker.Record(new Hint("second"));

        var description = Assert.Single(DescribeOpenTrackers(mark));
        Assert.DoesNotContain("first", description, StringComparison.Ordinal);
        Assert.Contains("hint of second", description, StringComparison.Ordinal);
        Assert.True(tracker.Close(thing));
    }

    [Fact]
    public void Keeps_the_latest_records_and_says_how_many_were_dropped()
    {
        var thing = new object();
        var mark = Mark();
        var tracker = _detector.Track(thing);

        for (var i = 0; i < 20; i++)
            tracker.Record($"use {i}.");

        var description = Assert.Single(DescribeOpenTrackers(mark));
        Assert.Contains("use 19.", description, StringComparison.Ordinal);
        Assert.DoesNotContain("use 3.", description, StringComparison.Ordinal);
        Assert.Contains("12 earlier records", description, StringComparison.Ordinal);
        Assert.True(tracker.Close(thing));
    }

    [Fact]
    public void Refuses_a_level_that_does_not_exist() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Level = (DetectionLevel)17);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon(ResourceLeakDetector detector, string? hint)
    {
        var tracker = detector.Track(new object());
        if (hint is not null)
            tracker.Record(hint);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TrackAndClose(ResourceLeakDetector detector)
    {
        var thing = new object();
        detector.Track(thing).Close(thing);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TrackWithItselfAsHint(ResourceLeakDetector detector)
    {
        var thing = new object();
        detector.Track(thing).Record(thing);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    // The countdown is the thread's: the next test must not inherit one of a billion.
    private static void ResetSampling() => UntilNextSample = 0;

    private sealed class Hint(string text) : IResourceLeakHint
    {
        public string ToHintString() => $"hint of {text}";
    }
}
