using EsockdNetty.Connections.Deadlines;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Connections.Deadlines;

public sealed class LoopDeadlinesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly LateLoop _loop = new();
    private readonly LoopDeadlines _deadlines;
    private readonly List<string> _told = [];

    public LoopDeadlinesTests() => _deadlines = LoopDeadlines.Of(_loop);

    [Fact]
    public void Tells_each_owner_at_its_own_time_and_once()
    {
        _deadlines.Set(NewOwner("late"), 3 * Second);
        _deadlines.Set(NewOwner("early"), Second);

        Pass(Second - TimeSpan.FromTicks(1));
        string before = Told();
        Pass(TimeSpan.FromTicks(1));
        string first = Told();
        Pass(2 * Second);
        Pass(10 * Second);

        Assert.Equal("", before);
        Assert.Equal("early", first);
        Assert.Equal("early late", Told());
    }

    [Fact]
    public void A_deadline_that_is_set_again_replaces_the_one_before()
    {
        Owner owner = NewOwner("moved");
        _deadlines.Set(owner, Second);

        _deadlines.Set(owner, 3 * Second);
        Pass(2 * Second);
        string early = Told();
        Pass(Second);

        Assert.Equal("", early);
        Assert.Equal("moved", Told());
    }

    [Fact]
    public void What_was_cleared_is_not_told_and_leaves_no_timer_behind()
    {
        Owner owner = NewOwner("cleared");
        _deadlines.Set(owner, Second);

        _deadlines.Clear(owner);
        Pass(2 * Second);

        Assert.Equal("", Told());
        Assert.False(owner.IsSet);
        Assert.Equal(0, _loop.Timers);
    }

    [Fact]
    public void Clearing_the_earliest_does_not_lose_the_others()
    {
        Owner first = NewOwner("first");
        _deadlines.Set(first, Second);
        _deadlines.Set(NewOwner("second"), 2 * Second);

        _deadlines.Clear(first);
        Pass(Second);
        Pass(Second);

        Assert.Equal("second", Told());
    }

    [Fact]
    public void An_owner_may_set_its_deadline_when_it_is_told()
    {
        Owner owner = NewOwner("again");
        owner.Then = () => _deadlines.Set(owner, Second);
        _deadlines.Set(owner, Second);

        Pass(Second);
        Pass(Second);
        Pass(Second);

        Assert.Equal("again again again", Told());
    }

    [Fact]
    public void An_owner_that_fails_does_not_keep_the_others_from_being_told()
    {
        Owner failing = NewOwner("failing");
        failing.Then = static () => throw new InvalidOperationException("of the test");
        _deadlines.Set(failing, Second);
        _deadlines.Set(NewOwner("other"), Second + TimeSpan.FromTicks(1));

        Exception? fault = Record.Exception(() => Pass(2 * Second));
        Pass(TimeSpan.Zero);

        Assert.IsType<InvalidOperationException>(fault);
        Assert.Equal("failing other", Told());
    }

    [Fact]
    public void Any_number_of_deadlines_share_one_timer()
    {
        for (int i = 1; i <= 100; i++)
        {
            _deadlines.Set(NewOwner($"{i}"), i * Second);
        }

        Assert.Equal(1, _loop.Timers);
    }

    private Owner NewOwner(string name) => new(name, _told);

    private string Told() => string.Join(' ', _told);

    private void Pass(TimeSpan time)
    {
        _loop.Stall(time);
        _loop.Turn();
    }

    private sealed class Owner(string name, List<string> told) : IDeadlineOwner
    {
        private Deadline _deadline;

        public Action? Then { get; set; }

        public bool IsSet => _deadline.IsSet;

        ref Deadline IDeadlineOwner.Deadline => ref _deadline;

        void IDeadlineOwner.OnDeadline()
        {
            told.Add(name);
            Then?.Invoke();
        }
    }
}
