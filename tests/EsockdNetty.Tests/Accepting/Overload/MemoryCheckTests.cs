using EsockdNetty.Accepting.Overload;

namespace EsockdNetty.Tests.Accepting.Overload;

public sealed class MemoryCheckTests
{
    private readonly FakeMemory _memory = new();
    private readonly MemoryCheck _check;

    public MemoryCheckTests() => _check = new MemoryCheck(_memory, static () => new OverloadOptions());

    [Theory]
    [InlineData(75, false)]
    [InlineData(85, false)]
    [InlineData(85.1, true)]
    [InlineData(120, true)]
    public void Begins_above_the_higher_share(double used, bool isOver) => Assert.Equal(isOver, IsOver(used));

    [Fact]
    public void Lasts_until_below_the_lower_share()
    {
        IsOver(90);

        Assert.True(IsOver(80));
        Assert.True(IsOver(75));
        Assert.False(IsOver(74.9));
        Assert.False(IsOver(80));
    }

    [Fact]
    public void Tells_what_it_measured()
    {
        _memory.Used = 87.5;

        Assert.Equal("memory in use is 88 MiB, 87.5 % of 100 MiB; over 85 % until below 75 %", _check.Judge());
    }

    [Fact]
    public void A_system_that_does_not_tell_for_a_moment_changes_nothing()
    {
        Assert.False(IsOver(null));
        IsOver(90);
        Assert.True(IsOver(null));
    }

    private bool IsOver(double? used)
    {
        _memory.Used = used;
        return _check.Judge() is not null;
    }
}
