using DotNetty.Common.Utilities;

namespace DotNetty.Common.Tests.Utilities;

public sealed class AbstractReferenceCountedTests
{
    private readonly Counted _counted = new();

    [Fact]
    public void Is_born_with_one_owner()
    {
        Assert.Equal(1, _counted.ReferenceCount);
        Assert.Equal(0, _counted.Deallocations);
    }

    [Fact]
    public void Deallocates_at_the_last_release_and_once()
    {
        _counted.Retain();

        Assert.False(_counted.Release());
        Assert.Equal(0, _counted.Deallocations);
        Assert.True(_counted.Release());
        Assert.Equal(1, _counted.Deallocations);
        Assert.Equal(0, _counted.ReferenceCount);
    }

    [Fact]
    public void Counts_several_owners_at_once()
    {
        Assert.Same(_counted, _counted.Retain(4));

        Assert.Equal(5, _counted.ReferenceCount);
        Assert.True(_counted.Release(5));
        Assert.Equal(1, _counted.Deallocations);
    }

    [Fact]
    public void Refuses_to_retain_and_release_after_the_end()
    {
        _counted.Release();

        Assert.Throws<IllegalReferenceCountException>(() => _counted.Retain());
        Assert.Throws<IllegalReferenceCountException>(() => _counted.Release());
        Assert.Equal(0, _counted.ReferenceCount);
        Assert.Equal(1, _counted.Deallocations);
    }

    [Fact]
    public void A_release_of_too_many_leaves_the_count_unchanged()
    {
        _counted.Retain();

        Assert.Throws<IllegalReferenceCountException>(() => _counted.Release(3));
        Assert.Equal(2, _counted.ReferenceCount);
        Assert.Equal(0, _counted.Deallocations);
    }

    [Fact]
    public void An_overflow_leaves_the_count_unchanged()
    {
        Assert.Throws<IllegalReferenceCountException>(() => _counted.Retain(int.MaxValue));
        Assert.Equal(1, _counted.ReferenceCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Refuses_a_change_below_one(int change)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _counted.Retain(change));
        Assert.Throws<ArgumentOutOfRangeException>(() => _counted.Release(change));
    }

    [Fact]
    public void Loses_no_change_between_threads()
    {
        const int Turns = 20_000;
        _counted.Retain(4);

        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < Turns; i++)
            {
                _counted.Retain();
                _counted.Release();
            }

            _counted.Release();
        });

        Assert.Equal(1, _counted.ReferenceCount);
        Assert.True(_counted.Release());
        Assert.Equal(1, _counted.Deallocations);
    }
}
