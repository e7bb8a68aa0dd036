using DotNetty.Buffers;
using DotNetty.Handlers.Streams;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;

namespace DotNetty.Handlers.Tests.Streams;

public sealed class ChunkedWriteHandlerTests : LeakFreeTests
{
    private readonly ChunkedWriteHandler<IByteBuffer> _chunks = new();
    private readonly Brake _brake = new();
    private readonly List<Exception> _faults = [];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sends_every_piece_and_closes_the_input_once(bool promise)
    {
        EmbeddedChannel channel = Channel();
        var input = new Chunks(100_000, 1000);

        Task? write = Write(channel, input, promise);
        channel.Flush();

        Assert.Equal(input.Bytes, Sent(channel));
        Assert.Equal(1, input.Closes);
        Assert.Equal(promise ? TaskStatus.RanToCompletion : null, write?.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_not_flushed_is_not_sent(bool promise)
    {
        EmbeddedChannel channel = Channel();
        var first = new Chunks(2000, 1000);
        var second = new Chunks(2000, 1000);
        Write(channel, first, promise);
        channel.Flush();

        Write(channel, second, promise);
        channel.AdvanceTimeBy(TimeSpan.FromSeconds(1));

        Assert.Equal(first.Bytes, Sent(channel));
        Assert.Equal(0, second.Progress);
        channel.CloseAsync();
    }

    [Fact]
    public void Never_more_than_the_high_water_mark_and_one_piece_wait()
    {
        EmbeddedChannel channel = Channel();
        channel.Configuration.WriteBufferHighWaterMark = 10_000;
        channel.Configuration.WriteBufferLowWaterMark = 5_000;
        var input = new Chunks(1_000_000, 1000);
        _brake.Holds = true;

        Task write = channel.WriteAndFlushAsync(input);
        long first = input.Progress;
        int rounds = 0;
        while (!write.IsCompleted)
        {
            Assert.InRange(_brake.Waiting(channel), 0, 11_000);
            _brake.Release();
            rounds++;
        }

        Assert.InRange(first, 10_000, 11_000);
        Assert.InRange(rounds, 90, 250);
        Assert.Equal(input.Bytes, Sent(channel));
        Assert.Equal(1, input.Closes);
    }

    [Fact]
    public void Messages_behind_an_input_follow_it_and_complete_in_order()
    {
        EmbeddedChannel channel = Channel();
        channel.Configuration.WriteBufferHighWaterMark = 2000;
        channel.Configuration.WriteBufferLowWaterMark = 1000;
        _brake.Holds = true;
        var order = new List<string>();

        Task before = Track(channel.WriteAsync(Text("before,")), "before", order);
        Task input = Track(channel.WriteAsync(new Chunks(6000, 1000)), "input", order);
        Task behind = Track(channel.WriteAsync(Text(",behind")), "behind", order);
        channel.Write(Text(",last"));
        channel.Flush();
        while (!behind.IsCompleted)
        {
            _brake.Release();
        }

        byte[] sent = Sent(channel);
        Assert.Equal(["before", "input", "behind"], order);
        Assert.Equal("before,"u8, sent.AsSpan(0, 7));
        Assert.Equal(",behind,last"u8, sent.AsSpan(sent.Length - 12));
        Assert.Equal(6000 + 7 + 12, sent.Length);
        Assert.True(before.IsCompletedSuccessfully && input.IsCompletedSuccessfully);
    }

    [Fact]
    public void Messages_pass_by_where_no_input_waits()
    {
        EmbeddedChannel channel = Channel();

        channel.Write(Text("one"));
        Task two = channel.WriteAsync(Text("two"));
        channel.Flush();

        Assert.True(two.IsCompletedSuccessfully);
        Assert.Equal("onetwo"u8, Sent(channel));
    }

    [Fact]
    public void An_input_that_fails_fails_what_waits_behind_it_and_is_closed()
    {
        EmbeddedChannel channel = Channel();
        var input = new Chunks(10_000, 1000) { FailsAt = 3000 };
        var behind = new Chunks(1000, 1000);

        Task first = channel.WriteAsync(input);
        Task second = channel.WriteAsync(behind);
        Task third = channel.WriteAsync(Text("behind"));
        channel.Flush();

        Assert.IsType<TimeZoneNotFoundException>(first.Exception?.InnerException);
        Assert.IsType<TimeZoneNotFoundException>(second.Exception?.InnerException);
        Assert.IsType<TimeZoneNotFoundException>(third.Exception?.InnerException);
        Assert.Equal(1, input.Closes);
        Assert.Equal(1, behind.Closes);
        Assert.Equal(3000, Sent(channel).Length);
        Assert.True(channel.Open);
    }

    [Fact]
    public void An_input_without_a_promise_that_fails_is_told_of_and_closes_the_channel()
    {
        EmbeddedChannel channel = Channel();
        var input = new Chunks(10_000, 1000) { FailsAt = 3000 };

        channel.Write(input);
        channel.Flush();
        channel.RunPendingTasks();

        Assert.IsType<TimeZoneNotFoundException>(Assert.Single(_faults));
        Assert.Equal(1, input.Closes);
        Assert.False(channel.Open);
        channel.ReleaseOutbound();
    }

    [Fact]
    public void A_piece_that_cannot_be_sent_fails_the_input_and_no_more_is_read()
    {
        EmbeddedChannel channel = Channel();
        _brake.RefusesFrom = 3;
        var input = new Chunks(10_000, 1000);

        Task write = channel.WriteAndFlushAsync(input);

        Assert.IsType<InvalidTimeZoneException>(write.Exception?.InnerException);
        Assert.Equal(3000, input.Progress);
        Assert.Equal(1, input.Closes);
        channel.ReleaseOutbound();
    }

    [Fact]
    public void A_close_in_mid_stream_closes_every_input_once_and_fails_every_write()
    {
        EmbeddedChannel channel = Channel();
        channel.Configuration.WriteBufferHighWaterMark = 2000;
        channel.Configuration.WriteBufferLowWaterMark = 1000;
        _brake.Holds = true;
        var first = new Chunks(10_000, 1000);
        var second = new Chunks(10_000, 1000);
        Task[] writes = [channel.WriteAsync(first), channel.WriteAsync(second), channel.WriteAsync(Text("behind"))];
        channel.Flush();

        channel.CloseAsync();

        Assert.All(writes, write => Assert.IsType<ClosedChannelException>(write.Exception?.InnerException));
        Assert.Equal(1, first.Closes);
        Assert.Equal(1, second.Closes);
        Assert.Empty(_faults);
    }

    [Fact]
    public void A_write_on_hearing_of_the_close_closes_its_input_and_fails()
    {
        var input = new Chunks(1000, 1000);
        var farewell = new Farewell(input);
        EmbeddedChannel channel = Channel(farewell);

        channel.CloseAsync();

        Assert.IsType<ClosedChannelException>(farewell.Last?.Exception?.InnerException);
        Assert.Equal(1, input.Closes);
    }

    [Fact]
    public void A_handler_that_is_removed_fails_what_waits()
    {
        EmbeddedChannel channel = Channel();
        var input = new Chunks(1000, 1000);
        Task write = channel.WriteAsync(input);

        channel.Pipeline.Remove(_chunks);

        Assert.IsType<InvalidOperationException>(write.Exception?.InnerException);
        Assert.Equal(1, input.Closes);
    }

    [Fact]
    public void An_input_that_has_nothing_now_goes_on_when_it_says_so()
    {
        EmbeddedChannel channel = Channel();
        var input = new Chunks(3000, 1000) { PausesAt = 1000 };
        Task write = channel.WriteAndFlushAsync(input);
        int before = Sent(channel).Length;

        input.PausesAt = -1;
        _chunks.ResumeTransfer();

        Assert.Equal(1000, before);
        Assert.Equal(2000, Sent(channel).Length);
        Assert.True(write.IsCompletedSuccessfully);
    }

    [Fact]
    public void An_empty_input_completes_and_sends_nothing()
    {
        EmbeddedChannel channel = Channel();
        var input = new Chunks(0, 1000);

        Task write = channel.WriteAndFlushAsync(input);

        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal(1, input.Closes);
        Assert.Empty(Sent(channel));
    }

    [Fact]
    public void A_fast_peer_does_not_keep_the_loop_to_itself()
    {
        EmbeddedChannel channel = Channel();
        var input = new Chunks(10_000, 1);

        Task write = channel.WriteAndFlushAsync(input);
        long inOneTurn = input.Progress;
        channel.RunPendingTasks();

        Assert.Equal(256, inOneTurn);
        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal(input.Bytes, Sent(channel));
    }

    private static IByteBuffer Text(string text) => Unpooled.CopiedBuffer(text, System.Text.Encoding.ASCII);

    private static Task Track(Task write, string name, List<string> order)
    {
        _ = write.ContinueWith(_ => order.Add(name), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return write;
    }

    private static Task? Write(EmbeddedChannel channel, object message, bool promise)
    {
        if (promise)
        {
            return channel.WriteAsync(message);
        }

        channel.Write(message);
        return null;
    }

    private static byte[] Sent(EmbeddedChannel channel)
    {
        var sent = new MemoryStream();
        while (channel.ReadOutbound<IByteBuffer>() is { } buffer)
        {
            sent.Write(buffer.ReadableSpan);
            buffer.Release();
        }

        return sent.ToArray();
    }

    private EmbeddedChannel Channel(params IChannelHandler[] behind) => new([_brake, _chunks, .. behind, new Faults(_faults)]);

    private sealed class Farewell(Chunks input) : ChannelHandlerAdapter
    {
        public Task? Last { get; private set; }

        public override void ChannelInactive(IChannelHandlerContext context) => Last = context.WriteAndFlushAsync(input);
    }

    private sealed class Faults(List<Exception> faults) : ChannelHandlerAdapter
    {
        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => faults.Add(exception);
    }
}
