using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests;

public sealed class MessageAggregatorTests : LeakFreeTests
{
    [Fact]
    public void Puts_a_start_and_its_pieces_together()
    {
        var channel = new EmbeddedChannel(new Aggregator(10));

        channel.WriteInbound(new Start { Name = "a" }, new Piece(Bytes(1, 2)), new Piece(Bytes()), new Last(Bytes(3)));
        channel.WriteInbound(new Start { Name = "b" }, new Last(Bytes()));

        Assert.Equal(["a 010203 of 3 finished", "b  of 1 finished"], Read(channel));
    }

    [Fact]
    public void Whole_messages_and_others_pass_by()
    {
        var channel = new EmbeddedChannel(new Aggregator(10));

        channel.WriteInbound(new Whole("w", Bytes(1)), "text");

        Assert.Equal("w 01 of 0", $"{Take(channel)}");
        Assert.Equal("text", channel.ReadInbound<string>());
    }

    [Fact]
    public void Pieces_without_a_start_are_dropped_and_released()
    {
        IByteBuffer bytes = Bytes(1);
        var channel = new EmbeddedChannel(new Aggregator(10));

        channel.WriteInbound(new Piece(bytes));

        Assert.Empty(channel.InboundMessages);
        Assert.Equal(0, bytes.ReferenceCount);
    }

    [Fact]
    public void A_message_that_is_too_long_is_said_once_and_the_next_one_is_put_together()
    {
        var recorder = new Recorder();
        var aggregator = new Aggregator(3);
        var channel = new EmbeddedChannel(aggregator, recorder);

        channel.WriteInbound(new Start { Name = "a" }, new Piece(Bytes(1, 2)), new Piece(Bytes(3, 4)), new Piece(Bytes(5)), new Last(Bytes(6)));
        channel.WriteInbound(new Start { Name = "b" }, new Last(Bytes(7, 8, 9)));

        Assert.Equal("TooLongFrameException complete b 070809 of 1 finished complete", recorder.Story);
        Assert.Equal("a", aggregator.Oversized);
    }

    [Fact]
    public void A_start_that_announces_too_much_is_refused_before_its_content()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new Aggregator(3), recorder);

        channel.WriteInbound(new Start { Name = "a", Announced = 4 }, new Piece(Bytes(1)), new Last(Bytes(2)));
        channel.WriteInbound(new Start { Name = "b", Announced = 1 }, new Last(Bytes(7)));

        Assert.Equal("TooLongFrameException complete b 07 of 1 finished complete", recorder.Story);
    }

    [Fact]
    public void A_start_before_the_end_of_another_message_is_an_error_and_releases_that_message()
    {
        var recorder = new Recorder();
        IByteBuffer begun = Bytes(1);
        var channel = new EmbeddedChannel(new Aggregator(10), recorder);

        channel.WriteInbound(new Start { Name = "a" }, new Piece(begun), new Start { Name = "b" }, new Last(Bytes(2)));

        Assert.Equal("DecoderException complete", recorder.Story);
        Assert.Equal(0, begun.ReferenceCount);
    }

    [Theory]
    [InlineData("continue", "[a 01 of 1 finished]", true)]
    [InlineData("ignore", "[]", true)]
    [InlineData("close", "[]", false)]
    public void Answers_a_start_that_asks(string answer, string messages, bool isOpen)
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new Aggregator(10), recorder);

        channel.WriteInbound(new Start { Name = "a", Asks = answer });
        bool openAfterwards = channel.Open;
        if (openAfterwards)
        {
            channel.WriteInbound(new Last(Bytes(1)));
        }

        Assert.Equal(answer, channel.ReadOutbound<string>());
        Assert.Equal(messages, $"[{string.Join(' ', recorder.Log.Where(static entry => entry is not ("complete" or "inactive")))}]");
        Assert.Equal(isOpen, openAfterwards);
    }

    [Fact]
    public void A_start_that_could_not_be_decoded_is_a_message_without_content()
    {
        var channel = new EmbeddedChannel(new Aggregator(10));

        channel.WriteInbound(new Start { Name = "a", Result = DecoderResult.Failure(new FormatException()) }, new Last(Bytes(1)));

        Assert.Equal(["a  of 0 finished"], Read(channel));
    }

    [Fact]
    public void A_piece_that_could_not_be_decoded_ends_the_message_with_its_failure()
    {
        var cause = new FormatException();
        var channel = new EmbeddedChannel(new Aggregator(10));

        channel.WriteInbound(new Start { Name = "a" }, new Piece(Bytes(1)) { Result = DecoderResult.Failure(cause) }, new Last(Bytes(2)));

        var message = Take(channel);
        Assert.Equal("a 01 of 1 finished", $"{message}");
        Assert.Same(cause, message.Result.Cause);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_unfinished_is_released_with_the_channel_or_the_handler(bool closes)
    {
        IByteBuffer begun = Bytes(1);
        var aggregator = new Aggregator(10);
        var channel = new EmbeddedChannel(aggregator);
        channel.WriteInbound(new Start { Name = "a" }, new Piece(begun));

        if (closes)
        {
            channel.Finish();
        }
        else
        {
            channel.Pipeline.Remove(aggregator);
        }

        Assert.Equal(0, begun.ReferenceCount);
    }

    [Theory]
    [InlineData("begin")]
    [InlineData("add")]
    [InlineData("finish")]
    public void A_failure_of_the_subclass_releases_the_message(string where)
    {
        var recorder = new Recorder();
        IByteBuffer bytes = Bytes(1);
        var channel = new EmbeddedChannel(new Aggregator(10) { FailsAt = where }, recorder);

        channel.WriteInbound(new Start { Name = "a" }, new Last(bytes));

        Assert.Equal("DecoderException complete", recorder.Story);
        Assert.Equal(0, bytes.ReferenceCount);
    }

    [Fact]
    public void Asks_for_reads_until_the_message_is_whole()
    {
        EmbeddedChannel channel = ReadOnDemand(new Aggregator(10));

        channel.WriteInbound(new Start { Name = "a" });
        bool afterTheStart = channel.ReadPending;
        channel.WriteInbound(new Last(Bytes(1)));

        Assert.True(afterTheStart);
        Assert.False(channel.ReadPending);
        Read(channel);
    }

    [Fact]
    public void Small_pieces_of_large_reads_do_not_keep_these_alive()
    {
        var aggregator = new Aggregator(10_000);
        var channel = new EmbeddedChannel(aggregator);
        IByteBuffer large = PooledByteBufferAllocator.Default.Buffer(60_000).WriteZero(60_000);

        channel.WriteInbound(new Start { Name = "a" });
        for (int i = 0; i < 10; i++)
        {
            channel.WriteInbound(new Piece(large.ReadRetainedSlice(1)));
        }

        Assert.Equal(1, large.ReferenceCount);
        large.Release();
        channel.Finish();
    }

    [Fact]
    public void Large_pieces_are_not_copied()
    {
        var channel = new EmbeddedChannel(new Aggregator(10_000));
        IByteBuffer large = PooledByteBufferAllocator.Default.Buffer(4096).WriteZero(4096);

        channel.WriteInbound(new Start { Name = "a" }, new Last(large));

        var message = channel.ReadInbound<Whole>();
        Assert.Equal(1, large.ReferenceCount);
        message.Release();
        Assert.Equal(0, large.ReferenceCount);
    }

    [Fact]
    public void Many_small_pieces_are_merged_and_each_byte_is_copied_a_few_times_only()
    {
        var aggregator = new Aggregator(100_000) { MaxCumulationBufferComponents = 16 };
        var channel = new EmbeddedChannel(aggregator);
        int most = 0;
        byte[] all = new byte[20_000];
        new Random(1).NextBytes(all);

        channel.WriteInbound(new Start { Name = "a" });
        foreach (byte value in all)
        {
            channel.WriteInbound(new Piece(Bytes(value)));
            most = Math.Max(most, ((CompositeByteBuffer)aggregator.Content!).NumComponents);
        }

        channel.WriteInbound(new Last(Bytes()));
        var message = channel.ReadInbound<Whole>();
        Assert.Equal(Convert.ToHexStringLower(all), ByteBufferUtil.HexDump(message.Content));
        Assert.InRange(most, 2, 32);
        message.Release();
    }

    [Fact]
    public void Settings_are_checked_and_end_when_the_handler_is_added()
    {
        var aggregator = new Aggregator(10);

        Assert.Throws<ArgumentOutOfRangeException>(() => new Aggregator(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => aggregator.MaxCumulationBufferComponents = 1);
        Assert.Throws<InvalidOperationException>(() => aggregator.Context);
        var channel = new EmbeddedChannel(aggregator);
        Assert.Throws<InvalidOperationException>(() => aggregator.MaxCumulationBufferComponents = 2);
        Assert.Same(channel.Pipeline.Context(aggregator), aggregator.Context);
        Assert.Equal((10, 1024), (aggregator.MaxContentLength, aggregator.MaxCumulationBufferComponents));
    }

    private static List<string> Read(EmbeddedChannel channel)
    {
        List<string> messages = [];
        while (channel.InboundMessages.Count > 0)
        {
            messages.Add($"{Take(channel)}");
        }

        return messages;
    }

    private static Whole Take(EmbeddedChannel channel)
    {
        var message = channel.ReadInbound<Whole>();
        _ = message.ToString();
        message.Release();
        return message;
    }

    private interface IStart
    {
        string Name { get; }
    }

    private sealed class Start : IStart, IDecoderResultProvider
    {
        public required string Name { get; init; }

        public int Announced { get; init; }

        public string? Asks { get; init; }

        public DecoderResult Result { get; set; } = DecoderResult.Success;
    }

    private class Piece(IByteBuffer bytes) : DefaultByteBufferHolder(bytes), IDecoderResultProvider
    {
        public DecoderResult Result { get; set; } = DecoderResult.Success;
    }

    private sealed class Last(IByteBuffer bytes) : Piece(bytes);

    private sealed class Whole(string name, IByteBuffer bytes) : DefaultByteBufferHolder(bytes), IStart, IDecoderResultProvider
    {
        private string? _text;

        public string Name => name;

        public int Pieces { get; set; }

        public bool IsFinished { get; set; }

        public DecoderResult Result { get; set; } = DecoderResult.Success;

        public override string ToString() => _text ??= $"{name} {ByteBufferUtil.HexDump(Content)} of {Pieces}{(IsFinished ? " finished" : "")}";
    }

    private sealed class Aggregator(int max) : MessageAggregator<object, IStart, Piece, Whole>(max)
    {
        public string? FailsAt { get; init; }

        public string? Oversized { get; private set; }

        public IByteBuffer? Content { get; private set; }

        public IChannelHandlerContext Context => HandlerContext();

        protected override bool IsStartMessage(object msg) => msg is IStart;

        protected override bool IsContentMessage(object msg) => msg is Piece;

        protected override bool IsLastContentMessage(Piece msg) => msg is Last;

        protected override bool IsAggregated(object msg) => msg is Whole;

        protected override bool IsContentLengthInvalid(IStart start, int maxContentLength) => ((Start)start).Announced > maxContentLength;

        protected override object? NewContinueResponse(IStart start, int maxContentLength, IChannelPipeline pipeline) => ((Start)start).Asks;

        protected override bool CloseAfterContinueResponse(object msg) => msg is "close";

        protected override bool IgnoreContentAfterContinueResponse(object msg) => msg is "ignore";

        protected override Whole BeginAggregation(IStart start, IByteBuffer content)
        {
            Check("begin");
            Content = content;
            return new Whole(start.Name, content);
        }

        protected override void Aggregate(Whole aggregated, Piece content)
        {
            Check("add");
            aggregated.Pieces++;
        }

        protected override void FinishAggregation(Whole aggregated)
        {
            Check("finish");
            aggregated.IsFinished = true;
        }

        protected override void HandleOversizedMessage(IChannelHandlerContext ctx, IStart oversized)
        {
            Oversized = oversized.Name;
            base.HandleOversizedMessage(ctx, oversized);
        }

        private void Check(string where)
        {
            if (FailsAt == where)
            {
                throw new FormatException(where);
            }
        }
    }
}
