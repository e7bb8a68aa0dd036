using System.Runtime.CompilerServices;
using DotNetty.Common.Utilities;

namespace DotNetty.Common.Tests.Utilities;

public sealed class ReferenceCountUtilTests
{
    [Fact]
    public void Leaves_alone_what_is_not_counted()
    {
        Assert.Equal("text", ReferenceCountUtil.Retain("text"));
        Assert.Equal("text", ReferenceCountUtil.Touch("text", "hint"));
        Assert.Null(ReferenceCountUtil.Retain<object>(null!, 2));
        Assert.False(ReferenceCountUtil.Release("text"));
        Assert.False(ReferenceCountUtil.Release(null!, 2));
    }

    [Fact]
    public void Retains_touches_and_releases_what_is_counted()
    {
        var counted = new Counted();

        Assert.Same(counted, ReferenceCountUtil.Retain(counted));
        Assert.Same(counted, ReferenceCountUtil.Touch(counted, "hint"));
        Assert.Equal("hint", counted.LastHint);
        Assert.False(ReferenceCountUtil.Release(counted));
        Assert.True(ReferenceCountUtil.Release(counted, 1));
    }

    [Fact]
    public void A_safe_release_never_throws()
    {
        var counted = new Counted();

        counted.SafeRelease();
        counted.SafeRelease();
        ReferenceCountUtil.SafeRelease((object)counted, 2);

        Assert.Equal(1, counted.Deallocations);
    }

    [Fact]
    public void Releases_later_when_the_thread_has_ended()
    {
        var counted = new Counted();
        var thread = StartReleaseLater(counted);
        Assert.True(thread.Join(TimeSpan.FromSeconds(5)));

        var released = SpinWait.SpinUntil(() => CollectAndLook(counted), TimeSpan.FromSeconds(5));

        Assert.True(released);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Thread StartReleaseLater(Counted counted)
    {
        var thread = new Thread(() => ReferenceCountUtil.ReleaseLater(counted));
        thread.Start();
        return thread;
    }

    private static bool CollectAndLook(Counted counted)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return counted.Deallocations == 1;
    }
}
