using DotNetty.Common.Concurrency;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Connections.Handshakes;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Connections.Handshakes;

public sealed class HandshakeGateTests
{
    private static readonly TimeSpan Round = TimeSpan.FromTicks(1);

    private readonly EmbeddedChannel _loop = new();
    private readonly EmbeddedChannel _otherLoop = new();
    private readonly List<string> _taken = [];

    [Fact]
    public void Four_steps_are_taken_in_a_round_and_the_rest_wait()
    {
        var gate = new HandshakeGate();

        int begun = BeginMany(gate, 10);

        Assert.Equal(4, begun);
        Assert.Equal(6, gate.Waiting);
    }

    [Fact]
    public void Those_who_wait_take_their_turns_round_by_round_in_the_order_they_came()
    {
        var gate = new HandshakeGate();
        BeginMany(gate, 10);
        _loop.RunPendingTasks();
        int atOnce = _taken.Count;

        _loop.AdvanceTimeBy(Round);
        int first = _taken.Count;
        _loop.AdvanceTimeBy(Round);

        Assert.Equal((0, 4), (atOnce, first));
        Assert.Equal(["4", "5", "6", "7", "8", "9"], _taken);
        Assert.Equal((0, 0), (gate.Waiting, gate.Active - 4));
    }

    [Fact]
    public void A_step_that_comes_while_others_wait_stands_behind_them()
    {
        var gate = new HandshakeGate();
        BeginMany(gate, 5);

        _loop.AdvanceTimeBy(TimeSpan.Zero);
        bool passed = gate.TryBegin(_loop.EventLoop, new Step("late", _taken, gate));
        _loop.AdvanceTimeBy(Round);

        Assert.False(passed);
        Assert.Equal(["4", "late"], _taken);
    }

    [Fact]
    public void Each_loop_has_turns_of_its_own()
    {
        var gate = new HandshakeGate(new HandshakeLimit(StepsPerRound: 1));

        bool here = gate.TryBegin(_loop.EventLoop, new Step("here", _taken, gate));
        bool there = gate.TryBegin(_otherLoop.EventLoop, new Step("there", _taken, gate));

        Assert.True(here);
        Assert.True(there);
    }

    [Fact]
    public void Those_that_have_ended_meanwhile_cost_no_turn()
    {
        var gate = new HandshakeGate(new HandshakeLimit(StepsPerRound: 1));
        BeginMany(gate, 1);
        for (int i = 0; i < 1000; i++)
        {
            gate.TryBegin(_loop.EventLoop, new Step("gone", _taken, gate) { IsGone = true });
        }

        gate.TryBegin(_loop.EventLoop, new Step("good", _taken, gate));
        _loop.AdvanceTimeBy(Round);

        Assert.Equal(["good"], _taken);
        Assert.Equal((0, 1), (gate.Waiting, gate.Active));
    }

    [Fact]
    public void One_that_has_ended_meanwhile_leaves_its_turn_of_the_round_to_another()
    {
        var gate = new HandshakeGate(new HandshakeLimit(StepsPerRound: 2));
        BeginMany(gate, 2);
        gate.TryBegin(_loop.EventLoop, new Step("gone", _taken, gate) { IsGone = true });
        gate.TryBegin(_loop.EventLoop, new Step("good", _taken, gate));
        gate.TryBegin(_loop.EventLoop, new Step("better", _taken, gate));

        _loop.AdvanceTimeBy(Round);

        Assert.Equal(["good", "better"], _taken);
    }

    [Fact]
    public void Over_the_slots_a_step_waits_until_another_has_ended()
    {
        var gate = new HandshakeGate(new HandshakeLimit(Slots: 1));
        bool first = gate.TryBegin(_loop.EventLoop, new Step("first", _taken, gate));
        bool second = gate.TryBegin(_otherLoop.EventLoop, new Step("second", _taken, gate));
        _otherLoop.AdvanceTimeBy(TimeSpan.FromSeconds(1));
        int before = _taken.Count;

        gate.End();
        _otherLoop.RunPendingTasks();

        Assert.True(first);
        Assert.False(second);
        Assert.Equal(0, before);
        Assert.Equal(["second"], _taken);
        Assert.Equal(0, gate.Active);
    }

    [Fact]
    public void A_step_that_comes_when_a_slot_is_given_to_another_stands_behind_it()
    {
        var gate = new HandshakeGate(new HandshakeLimit(Slots: 1));
        gate.TryBegin(_otherLoop.EventLoop, new Step("under way", _taken, gate));
        gate.TryBegin(_loop.EventLoop, new Step("first", _taken, gate));
        _loop.AdvanceTimeBy(Round);

        gate.Limit = new HandshakeLimit(Slots: 10);
        bool passed = gate.TryBegin(_loop.EventLoop, new Step("second", _taken, gate));
        _loop.AdvanceTimeBy(Round);

        Assert.False(passed);
        Assert.Equal(["first", "second"], _taken);
    }

    [Fact]
    public void More_slots_let_those_in_who_wait_for_one()
    {
        var gate = new HandshakeGate(new HandshakeLimit(Slots: 1));
        gate.TryBegin(_loop.EventLoop, new Step("first", _taken, gate));
        gate.TryBegin(_otherLoop.EventLoop, new Step("second", _taken, gate));
        _otherLoop.AdvanceTimeBy(Round);

        gate.Limit = new HandshakeLimit(Slots: 2);
        _otherLoop.RunPendingTasks();

        Assert.Equal(["second"], _taken);
    }

    [Fact]
    public void Waiting_for_a_slot_costs_the_loop_no_rounds()
    {
        var gate = new HandshakeGate(new HandshakeLimit(Slots: 1));
        gate.TryBegin(_loop.EventLoop, new Step("first", _taken, gate));
        gate.TryBegin(_otherLoop.EventLoop, new Step("second", _taken, gate));

        _otherLoop.AdvanceTimeBy(Round);

        Assert.Equal(DotNetty.Common.PreciseTimeSpan.MinusOne, _otherLoop.RunScheduledPendingTasks());
    }

    [Fact]
    public void A_slot_that_nobody_needs_any_more_is_given_back()
    {
        var gate = new HandshakeGate(new HandshakeLimit(Slots: 1));
        gate.TryBegin(_loop.EventLoop, new Step("first", _taken, gate));
        gate.TryBegin(_otherLoop.EventLoop, new Step("gone", _taken, gate) { IsGone = true });
        _otherLoop.AdvanceTimeBy(TimeSpan.FromSeconds(1));

        gate.End();
        _otherLoop.RunPendingTasks();

        Assert.Equal(0, gate.Active);
    }

    [Fact]
    public void A_change_holds_at_once()
    {
        var gate = new HandshakeGate(new HandshakeLimit(StepsPerRound: 1, Slots: 2));
        BeginMany(gate, 5);

        gate.Limit = new HandshakeLimit(StepsPerRound: 3);
        _loop.AdvanceTimeBy(Round);

        Assert.Equal(["1", "2", "3"], _taken);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, 0)]
    public void Refuses_what_is_no_limit(int steps, int? slots)
    {
        var limit = new HandshakeLimit(steps, slots);
        var faults = new OptionFaults("Server");

        limit.Validate(faults, "Handshakes");

        Assert.Single(faults.All);
        Assert.Throws<ArgumentOutOfRangeException>(() => new HandshakeGate(limit));
    }

    [Fact]
    public async Task On_a_real_loop_no_round_takes_more_than_its_steps_and_all_of_them_come()
    {
        const int Steps = 1000;
        var gate = new HandshakeGate();
        var group = new MultithreadEventLoopGroup(1);
        var loop = (SingleThreadEventExecutor)group.GetNext();
        var rounds = new List<long>();

        await loop.SubmitAsync(() =>
        {
            for (int i = 0; i < Steps; i++)
            {
                var step = new RoundStep(loop, rounds, gate);
                if (gate.TryBegin(loop, step))
                {
                    step.TakeTurn();
                }
            }

            return true;
        }).WaitAsync(Eventually.Guard);
        Eventually.Equal(0, () => gate.Waiting);
        await group.ShutdownGracefullyAsync(TimeSpan.Zero, Eventually.Guard).WaitAsync(Eventually.Guard);

        Assert.Equal(Steps, rounds.Count);
        Assert.Equal(4, rounds.CountBy(static round => round).Max(static round => round.Value));
        Assert.Equal(0, gate.Active);
    }

    private int BeginMany(HandshakeGate gate, int count) =>
        Enumerable.Range(0, count).Count(i => gate.TryBegin(_loop.EventLoop, new Step(i.ToString(System.Globalization.CultureInfo.InvariantCulture), _taken, gate)));

    private sealed class Step(string name, List<string> taken, HandshakeGate gate) : IHandshakeStep
    {
        public bool IsGone { get; init; }

        public bool TakeTurn()
        {
            if (IsGone)
            {
                return false;
            }

            taken.Add(name);
            gate.End();
            return true;
        }
    }

    private sealed class RoundStep(SingleThreadEventExecutor loop, List<long> rounds, HandshakeGate gate) : IHandshakeStep
    {
        public bool TakeTurn()
        {
            rounds.Add(loop.Rounds);
            gate.End();
            return true;
        }
    }
}
