using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

/// <summary>How many connections one round accepts where a budget has its say.</summary>
public sealed class AcceptBudgetTests : IDisposable
{
    private readonly ScriptedServer _server = new ScriptedServer().Started();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_round_accepts_no_more_than_there_is_room_for()
    {
        Budget budget = Add(3);

        Connect(5);

        Assert.Equal((3, 2), (_server.Children.Count, _server.Listener.Waiting));
        Assert.Equal(0, budget.Held);
        Assert.False(_server.Listener.AcceptWanted);
    }

    [Fact]
    public void A_round_accepts_sixteen_at_once_when_there_is_room()
    {
        Budget budget = Add(100);

        Connect(16);

        Assert.Equal((16, 84, 0), (_server.Children.Count, budget.Free, budget.Held));
        Assert.Equal("ReadComplete", _server.EventNames()[^1]);
        Assert.Single(_server.EventNames(), static name => name == "ReadComplete");
    }

    [Fact]
    public void Nothing_is_held_while_nobody_waits_to_be_accepted()
    {
        Budget budget = Add(10);

        Connect(1);

        Assert.Equal((9, 0), (budget.Free, budget.Held));
        Assert.True(_server.Listener.AcceptWanted);
    }

    [Fact]
    public void Without_room_nothing_is_accepted_until_somebody_reads()
    {
        Budget budget = Add(0);
        Connect(1);
        (int Calls, bool Wanted) stopped = (_server.Listener.AcceptCalls, _server.Listener.AcceptWanted);

        budget.Free = 1;
        _server.Channel.Read();
        _server.Run();

        Assert.Equal((0, false), stopped);
        Assert.Single(_server.Children);
    }

    [Fact]
    public void Of_two_budgets_the_smaller_wins_and_the_rest_is_given_back()
    {
        Budget shared = Add(2);
        Budget own = Add(5);

        Connect(4);

        Assert.Equal((2, 2), (_server.Children.Count, _server.Listener.Waiting));
        Assert.Equal((0, 3), (shared.Free, own.Free + own.Held));
    }

    [Fact]
    public void The_one_asked_first_keeps_one_place_while_the_other_waits()
    {
        Add(0);
        Budget own = Add(5);

        Connect(4);

        Assert.Equal((4, 1), (own.Free, own.Held));
    }

    [Fact]
    public void An_accept_that_fails_gives_everything_back()
    {
        Budget budget = Add(5);

        _server.Listener.Fails(System.Net.Sockets.SocketError.TooManyOpenSockets);
        _server.Run();

        Assert.Equal((5, 0), (budget.Free, budget.Held));
        Assert.Single(_server.Recorder.Exceptions);
    }

    [Fact]
    public void One_that_was_removed_is_not_asked()
    {
        Budget budget = Add(0);
        _server.Channel.RemoveAcceptBudget(budget);

        Connect(1);

        Assert.Single(_server.Children);
    }

    [Fact]
    public void The_last_accepts_before_a_close_keep_to_it()
    {
        Budget budget = Add(2);
        _server.Channel.Configuration.AutoRead = false;
        Connect(5);

        Task drained = _server.Channel.AcceptRemainingAsync();
        for (int i = 0; i < 10 && !drained.IsCompleted; i++)
        {
            _server.Loop.AdvanceTimeBy(TimeSpan.FromMilliseconds(1));
        }

        Assert.True(drained.IsCompletedSuccessfully);
        Assert.Equal((2, 3), (_server.Children.Count, _server.Listener.Waiting));
        Assert.Equal(0, budget.Held);
    }

    private Budget Add(int free)
    {
        var budget = new Budget(free);
        _server.Recorder.OnRead += (_, _) => budget.Held--;
        _server.Channel.AddAcceptBudget(budget);
        return budget;
    }

    private void Connect(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _server.Listener.Connects();
        }

        _server.Run();
    }

    private sealed class Budget(int free) : IAcceptBudget
    {
        public int Free { get; set; } = free;

        public int Held { get; set; }

        public int Reserve(int most)
        {
            int taken = Math.Max(0, Math.Min(Free, most - Held));
            Free -= taken;
            Held += taken;
            return Held;
        }

        public void Keep(int count)
        {
            int rest = Math.Max(0, Held - count);
            Held -= rest;
            Free += rest;
        }
    }
}
