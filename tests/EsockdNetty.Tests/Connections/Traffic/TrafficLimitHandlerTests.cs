using DotNetty.Buffers;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Codecs;
using EsockdNetty.Connections.Traffic;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Connections.Traffic;

public sealed class TrafficLimitHandlerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TrafficLimit _limit = new();

    [Fact]
    public void Reads_without_end_where_there_is_no_limit()
    {
        EmbeddedChannel channel = New();

        Receive(channel, 1_000_000);

        Assert.True(channel.ReadPending);
    }

    [Fact]
    public void Reads_on_while_something_of_the_burst_is_left()
    {
        _limit.PerConnection = new TrafficRate(1000);
        EmbeddedChannel channel = New();

        Receive(channel, 999);

        Assert.True(channel.ReadPending);
    }

    [Fact]
    public void Withholds_the_read_when_nothing_is_left_and_reads_on_in_time()
    {
        _limit.PerConnection = new TrafficRate(1000);
        EmbeddedChannel channel = New();

        Receive(channel, 1000);
        bool atOnce = channel.ReadPending;
        channel.AdvanceTimeBy(TimeSpan.FromMilliseconds(2));

        Assert.False(atOnce);
        Assert.True(channel.ReadPending);
    }

    [Fact]
    public void A_read_above_the_burst_is_made_up_for_by_a_longer_wait()
    {
        _limit.PerConnection = new TrafficRate(1000);
        EmbeddedChannel channel = New();

        Receive(channel, 5000);
        channel.AdvanceTimeBy(4 * Second);
        bool before = channel.ReadPending;
        channel.AdvanceTimeBy(TimeSpan.FromMilliseconds(2));

        Assert.False(before);
        Assert.True(channel.ReadPending);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    [InlineData(64 * 1024)]
    public void Never_is_ahead_of_the_rate_by_more_than_the_burst_and_one_read(int size)
    {
        const int Rate = 10_000;
        _limit.PerConnection = new TrafficRate(Rate, 2000);
        EmbeddedChannel channel = New();

        int received = 0;
        for (int i = 1; i <= 3000; i++)
        {
            received += ReceiveIfAsked(channel, size);
            channel.AdvanceTimeBy(TimeSpan.FromMilliseconds(10));
            Assert.InRange(received, 0, (i * Rate / 100) + 2000 + size);
        }

        Assert.InRange(received, (30 * Rate) - size, int.MaxValue);
    }

    [Fact]
    public void A_higher_rate_is_seen_within_a_second()
    {
        _limit.PerConnection = new TrafficRate(1);
        EmbeddedChannel channel = New();
        Receive(channel, 100_000);

        _limit.PerConnection = new TrafficRate(1_000_000);
        channel.AdvanceTimeBy(Second + Second);

        Assert.True(channel.ReadPending);
    }

    [Fact]
    public void A_limit_that_is_lifted_lets_the_waiting_go()
    {
        _limit.PerConnection = new TrafficRate(1);
        EmbeddedChannel channel = New();
        Receive(channel, 100_000);

        _limit.PerConnection = null;
        channel.AdvanceTimeBy(Second + Second);

        Assert.True(channel.ReadPending);
    }

    [Fact]
    public void All_connections_together_keep_to_the_total_and_none_starves()
    {
        const int Rate = 10_000;
        const int Size = 500;
        _limit.Total = new TrafficRate(Rate, 1000);
        EmbeddedChannel[] channels = [.. Enumerable.Range(0, 10).Select(_ => New())];
        int[] received = new int[channels.Length];

        for (int i = 0; i < 3000; i++)
        {
            for (int each = 0; each < channels.Length; each++)
            {
                received[each] += ReceiveIfAsked(channels[each], Size);
            }

            Advance(channels, TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(received.Sum(), 28 * Rate, (30 * Rate) + 1000 + (channels.Length * Size));
        Assert.InRange(received.Max() - received.Min(), 0, 3 * Size);
    }

    [Fact]
    public void Those_who_wait_are_let_in_one_after_the_other_not_all_for_one_byte()
    {
        _limit.Total = new TrafficRate(1000);
        EmbeddedChannel[] channels = [.. Enumerable.Range(0, 5).Select(_ => New())];
        foreach (EmbeddedChannel channel in channels)
        {
            Receive(channel, 1000);
        }

        Advance(channels, 4 * Second + TimeSpan.FromMilliseconds(5));

        Assert.Equal(1, channels.Count(static channel => channel.ReadPending));
    }

    [Fact]
    public async Task A_connection_that_closes_while_it_waits_leaves_its_place_to_the_next()
    {
        _limit.Total = new TrafficRate(1000);
        EmbeddedChannel[] channels = [New(), New()];
        Receive(channels[0], 1000);
        Receive(channels[1], 1000);

        await channels[0].CloseAsync();
        Advance(channels[1..], 2 * Second);

        Assert.True(channels[1].ReadPending);
    }

    [Fact]
    public void A_connection_that_has_to_wait_for_itself_leaves_its_place_to_the_next()
    {
        _limit.PerConnection = new TrafficRate(1000);
        _limit.Total = new TrafficRate(1000);
        EmbeddedChannel hog = New();
        EmbeddedChannel ahead = New();
        EmbeddedChannel behind = New();
        ahead.Configuration.AutoRead = false;
        Receive(hog, 2000);
        Receive(ahead, 1);
        ahead.Read();
        Receive(ahead, 3000);
        Receive(behind, 1);

        ahead.AdvanceTimeBy(Second);
        behind.RunPendingTasks();
        behind.AdvanceTimeBy(10 * Second);

        Assert.True(behind.ReadPending);
    }

    [Fact]
    public void Tells_when_it_stops_reading_and_when_it_reads_on()
    {
        _limit.PerConnection = new TrafficRate(1000);
        var recorder = new EventRecorder();
        var channel = new EmbeddedChannel(new TrafficLimitHandler(_limit), recorder);

        Receive(channel, 1000);
        object[] before = [.. recorder.Events];
        channel.AdvanceTimeBy(Second);

        Assert.Equal([ReadPause.Begun], before);
        Assert.Equal([ReadPause.Begun, ReadPause.Ended], recorder.Events);
    }

    [Fact]
    public async Task What_was_paid_for_a_read_that_brought_nothing_is_given_back_at_the_close()
    {
        _limit.Total = new TrafficRate(1, 1000);
        EmbeddedChannel silent = New();
        Receive(silent, 600);
        EmbeddedChannel other = New();

        await silent.CloseAsync();
        Receive(other, 300);
        other.AdvanceTimeBy(2 * Second);

        Assert.True(other.ReadPending);
    }

    [Fact]
    public void Taken_out_it_passes_on_the_read_it_withheld()
    {
        _limit.PerConnection = new TrafficRate(1000);
        EmbeddedChannel channel = New();
        Receive(channel, 5000);

        channel.Pipeline.Remove<TrafficLimitHandler>();

        Assert.True(channel.ReadPending);
    }

    // Asking for a read begins the time of a frame again, though the read is withheld.
    [Fact]
    public void However_often_a_read_is_asked_for_the_time_of_a_frame_does_not_pass_while_it_is_withheld()
    {
        _limit.PerConnection = new TrafficRate(10);
        var channel = new EmbeddedChannel(new TrafficLimitHandler(_limit), new PacketDecoder(PacketType.Four));
        channel.WriteInbound(Unpooled.WrappedBuffer([0, 0, 255, 255, .. new byte[996]]));

        channel.AdvanceTimeBy(30 * Second);
        channel.Read();
        channel.AdvanceTimeBy(30 * Second);

        Assert.True(channel.Open);
        channel.CheckException();
        channel.Unsafe.CloseForcibly();
    }

    [Fact]
    public void Asks_for_nothing_nobody_asked_for()
    {
        _limit.PerConnection = new TrafficRate(1000);
        EmbeddedChannel channel = New();
        channel.Configuration.AutoRead = false;
        Receive(channel, 5000);

        channel.AdvanceTimeBy(TimeSpan.FromMinutes(1));

        Assert.False(channel.ReadPending);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, 0L)]
    public void Refuses_what_is_no_rate(long perSecond, long? burst)
    {
        var rate = new TrafficRate(perSecond, burst);
        var faults = new OptionFaults("Listeners:test");

        rate.Validate(faults, "Limits:Bytes");

        Assert.Single(faults.All);
        Assert.Throws<ArgumentOutOfRangeException>(() => _limit.PerConnection = rate);
        Assert.Throws<ArgumentOutOfRangeException>(() => _limit.Total = rate);
    }

    private static void Receive(EmbeddedChannel channel, int count)
    {
        channel.WriteInbound(Unpooled.WrappedBuffer(new byte[count]));
        channel.ReleaseInbound();
    }

    private static int ReceiveIfAsked(EmbeddedChannel channel, int count)
    {
        if (!channel.ReadPending)
        {
            return 0;
        }

        Receive(channel, count);
        return count;
    }

    private static void Advance(EmbeddedChannel[] channels, TimeSpan time)
    {
        foreach (EmbeddedChannel channel in channels)
        {
            channel.AdvanceTimeBy(time);
        }

        // Who was told by another that it is his turn.
        foreach (EmbeddedChannel channel in channels)
        {
            channel.RunPendingTasks();
        }
    }

    private EmbeddedChannel New() => new(new TrafficLimitHandler(_limit));
}
