using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Connections.Budget;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Connections.Budget;

public sealed class BufferBudgetTests : IDisposable
{
    private const long Most = 1000;

    private static readonly TimeSpan FrameTimeout = TimeSpan.FromSeconds(10);
    private static readonly byte[] Begun = [0, 0, 16, 0, 1];
    private static readonly byte[] Whole = [0, 0, 0, 1, 1];

    private readonly ManualTime _time = new();
    private readonly ListLogger _log = new();
    private readonly EmbeddedChannel[] _channels = [.. Enumerable.Range(0, 3).Select(static _ => new EmbeddedChannel(new ReadCounter()))];
    private readonly BufferBudget _budget;
    private long _held;

    public BufferBudgetTests()
    {
        _budget = new BufferBudget(
            Most, [.. _channels.Select(static channel => new BudgetLoop(channel.EventLoop, () => [channel]))], () => _held, _log, _time);
        foreach (EmbeddedChannel channel in _channels)
        {
            ConnectionLease.Of(channel);
            channel.Pipeline.AddLast(new BufferBudgetHandler(_budget), new PacketDecoder(PacketType.Parse("4")));
        }

        _budget.Start();
    }

    public void Dispose()
    {
        _budget.Dispose();
        foreach (EmbeddedChannel channel in _channels)
        {
            channel.Unsafe.CloseForcibly();
            channel.RunPendingTasks();
            channel.ReleaseInbound();
        }
    }

    [Fact]
    public void A_connection_that_has_begun_a_message_is_not_read_while_too_much_is_held()
    {
        Look(Most + 1);
        int before = Reads(0);
        Receive(0, Begun);

        Assert.Equal(before, Reads(0));
    }

    [Fact]
    public void Another_budget_holds_from_the_next_look_on()
    {
        Look(Most + 1);
        bool before = _budget.IsExceeded;

        _budget.Bytes = Most + 1;
        Look(Most + 1);
        bool raised = _budget.IsExceeded;
        _budget.Bytes = Most;
        Look(Most + 1);

        Assert.Equal((true, false, true), (before, raised, _budget.IsExceeded));
    }

    [Fact]
    public void It_is_read_again_when_less_is_held()
    {
        Look(Most + 1);
        int before = Reads(0);
        Receive(0, Begun);
        Look(Most);

        Assert.Equal(before + 1, Reads(0));
    }

    [Fact]
    public void The_time_of_a_frame_does_not_pass_while_its_connection_is_not_read()
    {
        EmbeddedChannel channel = _channels[0];
        Receive(0, Begun);
        channel.AdvanceTimeBy(FrameTimeout / 2);
        Look(Most + 1);
        Receive(0, []);
        int before = Reads(0);

        channel.AdvanceTimeBy(10 * FrameTimeout);
        channel.Read();
        channel.AdvanceTimeBy(10 * FrameTimeout);
        bool withheld = channel.Open && Reads(0) == before;
        Look(Most);
        channel.AdvanceTimeBy((FrameTimeout / 2) - TimeSpan.FromMilliseconds(1));
        bool resumed = channel.Open && Reads(0) == before + 1;
        channel.AdvanceTimeBy(TimeSpan.FromMilliseconds(1));

        Assert.Equal((true, true, false), (withheld, resumed, channel.Open));
        Assert.Equal(PacketFault.FrameTimeout, Assert.Throws<PacketException>(channel.CheckException).Kind);
    }

    [Fact]
    public void A_connection_that_holds_nothing_is_read_on()
    {
        Look(Most + 1);
        int before = Reads(0);
        Receive(0, Whole);

        Assert.Equal(before + 1, Reads(0));
    }

    [Fact]
    public void Within_the_budget_every_connection_is_read()
    {
        Look(Most);
        int before = Reads(0);
        Receive(0, Begun);

        Assert.Equal(before + 1, Reads(0));
    }

    [Fact]
    public void The_largest_holder_is_reset_one_at_each_look_while_too_much_is_held()
    {
        Receive(0, Begun, 100);
        Receive(1, Begun, 3000);
        Receive(2, Begun, 1000);

        List<string> open = [];
        for (int look = 0; look < 4; look++)
        {
            Look(Most + 1);
            open.Add(string.Concat(_channels.Select(static channel => channel.Open ? 'o' : 'x')));
        }

        Assert.Equal(["ooo", "oxo", "oxx", "xxx"], open);
        Assert.All(_channels, static channel => Assert.Equal(CloseReason.BufferBudget, ConnectionLease.Of(channel).CloseReason));
        Assert.Equal(3, _budget.Resets);
    }

    [Fact]
    public void Nobody_is_reset_when_not_reading_has_helped()
    {
        Receive(0, Begun, 3000);
        Look(Most + 1);
        Look(Most);
        Look(Most + 1);
        Look(Most);

        Assert.True(_channels[0].Open);
    }

    [Fact]
    public void Nobody_who_holds_nothing_is_reset()
    {
        for (int look = 0; look < 5; look++)
        {
            Look(Most + 1);
        }

        Assert.All(_channels, static channel => Assert.True(channel.Open));
        Assert.Equal(0, _budget.Resets);
    }

    [Fact]
    public void What_waits_to_be_sent_is_held_too()
    {
        _channels[0].Write(Unpooled.WrappedBuffer(new byte[3000]));
        Receive(1, Begun, 1000);

        Look(Most + 1);
        Look(Most + 1);

        Assert.Equal([false, true, true], _channels.Select(static channel => channel.Open));
    }

    [Fact]
    public void Of_the_connections_of_one_loop_the_largest_holder_is_reset()
    {
        using var budget = new BufferBudget(Most, [new BudgetLoop(_channels[0].EventLoop, () => [.. _channels])], () => _held, _log, _time);
        Receive(0, Begun, 100);
        Receive(1, Begun, 3000);
        Receive(2, Begun, 1000);
        _budget.Dispose();
        budget.Start();

        Look(Most + 1);
        Look(Most + 1);

        Assert.Equal([true, false, true], _channels.Select(static channel => channel.Open));
    }

    [Fact]
    public void A_channel_that_is_no_connection_of_a_listener_is_not_reset()
    {
        var client = new EmbeddedChannel();
        using var budget = new BufferBudget(Most, [new BudgetLoop(_channels[0].EventLoop, () => [client])], () => _held, _log, _time);
        client.Write(Unpooled.WrappedBuffer(new byte[3000]));
        _budget.Dispose();
        budget.Start();

        Look(Most + 1);
        Look(Most + 1);

        Assert.True(client.Open);
        client.FinishAndReleaseAll();
    }

    [Fact]
    public void A_loop_that_stands_still_loses_one_connection_not_one_at_each_look()
    {
        Receive(0, Begun, 3000);
        Look(Most + 1);

        for (int look = 0; look < 5; look++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(1, _budget.Resets);
    }

    [Fact]
    public void A_read_that_was_made_up_for_is_not_asked_for_again()
    {
        Look(Most + 1);
        Receive(0, Begun);
        Look(Most);
        int before = Reads(0);

        Look(Most + 1);
        Look(Most);

        Assert.Equal(before, Reads(0));
    }

    [Fact]
    public void Says_once_that_it_is_exceeded_and_once_that_it_is_not()
    {
        Look(Most + 1);
        Look(Most + 2);
        Look(Most);
        Look(1);

        Assert.Equal([(LogLevel.Warning, 230), (LogLevel.Information, 231)], _log.Lines.Select(static line => (line.Level, line.Id)));
    }

    [Fact]
    public void Taken_out_the_stage_lets_the_read_pass_that_it_withheld()
    {
        Look(Most + 1);
        Receive(0, Begun);
        int before = Reads(0);
        _channels[0].Pipeline.Remove<BufferBudgetHandler>();

        Assert.Equal(before + 1, Reads(0));
    }

    [Fact]
    public void Disposed_it_withholds_nothing()
    {
        Look(Most + 1);
        Receive(0, Begun);
        int before = Reads(0);
        _budget.Dispose();
        _channels[0].RunPendingTasks();

        Assert.Equal(before + 1, Reads(0));
    }

    [Fact]
    public void Disposed_it_looks_no_more()
    {
        _budget.Dispose();

        Look(Most + 1);

        Assert.False(_budget.IsExceeded);
        Assert.Empty(_log.Lines);
    }

    private void Receive(int connection, byte[] begun, int more = 0) =>
        _channels[connection].WriteInbound(Unpooled.WrappedBuffer([.. begun, .. new byte[more]]));

    private int Reads(int connection) => _channels[connection].Pipeline.Get<ReadCounter>().Count;

    private void Look(long held)
    {
        _held = held;
        _time.Advance(TimeSpan.FromMilliseconds(100));
        foreach (EmbeddedChannel channel in _channels)
        {
            channel.RunPendingTasks();
        }
    }

    private sealed class ReadCounter : ChannelHandlerAdapter
    {
        public int Count { get; private set; }

        public override void Read(IChannelHandlerContext context)
        {
            Count++;
            context.Read();
        }
    }
}
