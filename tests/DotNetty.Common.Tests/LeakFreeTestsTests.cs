using EsockdNetty.TestSupport;

namespace DotNetty.Common.Tests;

[Collection(LeakCheckedCollection.Name)]
public sealed class LeakFreeTestsTests
{
    [Fact]
    public void Passes_when_everything_was_closed()
    {
        var thing = new object();
        using var test = new SomeTest();

        Assert.True(test.Detector.Track(thing).Close(thing));
    }

    [Fact]
    public void Follows_every_object_and_puts_the_level_back()
    {
        var before = ResourceLeakDetector.Level;

        using (new SomeTest())
            Assert.Equal(ResourceLeakDetector.DetectionLevel.Paranoid, ResourceLeakDetector.Level);

        Assert.Equal(before, ResourceLeakDetector.Level);
    }

    [Fact]
    public void Fails_when_an_object_is_still_open()
    {
        var thing = new object();
        var test = new SomeTest(TimeSpan.Zero);
        var tracker = test.Detector.Track(thing);

        var failure = Record.Exception(test.Dispose);

        Assert.Contains("some resource", Assert.IsAssignableFrom<Xunit.Sdk.XunitException>(failure).Message, StringComparison.Ordinal);
        Assert.True(tracker.Close(thing));
    }

    private sealed class SomeTest : LeakFreeTests
    {
        public SomeTest()
        {
        }

        public SomeTest(TimeSpan grace)
            : base(grace)
        {
        }

        public ResourceLeakDetector Detector { get; } = new("some resource");
    }
}
