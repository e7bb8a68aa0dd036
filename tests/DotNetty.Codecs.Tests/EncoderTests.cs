using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests;

public sealed class EncoderTests : LeakFreeTests
{
    private static readonly FormatException Cause = new();

    public static TheoryData<string> Encoders => ["bytes", "message", "codec"];

    [Theory]
    [MemberData(nameof(Encoders))]
    public void Encodes_writes_with_and_without_a_promise(string kind)
    {
        var channel = new EmbeddedChannel(Encoder(kind));

        channel.WriteAsync("12");
        channel.Write("3");
        channel.Flush();

        string sent = string.Concat(channel.OutboundMessages.Select(static message => message is IByteBuffer buffer ? ByteBufferUtil.HexDump(buffer) : $"0{message}"));
        Assert.Equal("010203", sent);
        channel.FinishAndReleaseAll();
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public void Other_messages_pass_by(string kind)
    {
        var channel = new EmbeddedChannel(Encoder(kind));

        channel.WriteOutbound(5L);
        channel.Write(6L);
        channel.Flush();

        Assert.Equal([5L, 6L], channel.OutboundMessages);
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public async Task A_failure_faults_that_write_alone(string kind)
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(Encoder(kind), recorder);

        Task good = channel.WriteAsync("1");
        Task bad = channel.WriteAsync("1!");
        channel.Flush();

        Assert.True(good.IsCompletedSuccessfully);
        Assert.Same(Cause, (await Assert.ThrowsAsync<EncoderException>(() => bad)).InnerException);
        Assert.Single(channel.OutboundMessages);
        Assert.True(channel.Open);
        Assert.Empty(recorder.Log);
        channel.FinishAndReleaseAll();
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public void A_failure_of_a_write_without_a_promise_is_reported_and_sends_nothing(string kind)
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(Encoder(kind), recorder);

        channel.Write("1!");
        channel.RunPendingTasks();

        Assert.Equal("EncoderException inactive", recorder.Story);
        Assert.Empty(channel.OutboundMessages);
    }

    [Fact]
    public async Task An_encoder_exception_is_not_wrapped_again()
    {
        var fault = new EncoderException("mine");
        var channel = new EmbeddedChannel(new ToMessages<string>((_, _) => throw fault));

        Assert.Same(fault, await Assert.ThrowsAsync<EncoderException>(() => channel.WriteAsync("x")));
    }

    [Fact]
    public async Task To_encode_into_nothing_is_an_error()
    {
        var channel = new EmbeddedChannel(new ToMessages<string>((_, _) => { }));

        await Assert.ThrowsAsync<EncoderException>(() => channel.WriteAsync("x"));
    }

    [Fact]
    public void The_message_is_released_once_it_is_encoded()
    {
        IByteBuffer message = Bytes(1);
        var channel = new EmbeddedChannel(new ToMessages<IByteBuffer>((buffer, output) => output.Add((int)buffer.GetByte(0))));

        channel.WriteOutbound(message);

        Assert.Equal(0, message.ReferenceCount);
        Assert.Equal(1, channel.ReadOutbound<int>());
    }

    [Fact]
    public async Task What_was_produced_before_a_failure_is_released_with_the_message()
    {
        IByteBuffer message = Bytes(1);
        IByteBuffer produced = Bytes(2);
        var channel = new EmbeddedChannel(new ToMessages<IByteBuffer>((_, output) =>
        {
            output.Add(produced);
            throw Cause;
        }));

        await Assert.ThrowsAsync<EncoderException>(() => channel.WriteAsync(message));

        Assert.Equal((0, 0), (message.ReferenceCount, produced.ReferenceCount));
    }

    [Fact]
    public void A_write_in_several_parts_completes_with_the_last()
    {
        var channel = new EmbeddedChannel(new ToMessages<string>((text, output) => output.AddRange(text.Cast<object>())));

        Task write = channel.WriteAsync("abc");
        bool beforeFlush = write.IsCompleted;
        channel.Flush();

        Assert.False(beforeFlush);
        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal(['a', 'b', 'c'], channel.OutboundMessages);
    }

    [Fact]
    public void A_codec_decodes_what_comes_in()
    {
        var channel = new EmbeddedChannel(new DigitsCodec());

        channel.WriteInbound(Bytes(4, 2), 7L);

        Assert.Equal(["4", "2", 7L], channel.InboundMessages);
    }

    private static IChannelHandler Encoder(string kind) => kind switch
    {
        "bytes" => new DigitsToBytes(),
        "message" => new ToMessages<string>(static (text, output) => output.AddRange(Digits(text).Select(static digit => (object)(int)digit))),
        _ => new DigitsCodec(),
    };

    private static IEnumerable<byte> Digits(string text) => text.Select(static digit => char.IsDigit(digit) ? (byte)(digit - '0') : throw Cause);

    private sealed class ToMessages<T>(Action<T, List<object>> encode) : MessageToMessageEncoder<T>
    {
        protected internal override void Encode(IChannelHandlerContext context, T message, List<object> output) => encode(message, output);
    }

    private sealed class DigitsToBytes : MessageToByteEncoder<string>
    {
        protected override void Encode(IChannelHandlerContext context, string message, IByteBuffer output)
        {
            foreach (byte digit in Digits(message))
            {
                output.WriteByte(digit);
            }
        }
    }

    private sealed class DigitsCodec : MessageToMessageCodec<IByteBuffer, string>
    {
        protected override void Encode(IChannelHandlerContext ctx, string msg, List<object> output) =>
            output.AddRange(Digits(msg).Select(static digit => (object)(int)digit));

        protected override void Decode(IChannelHandlerContext ctx, IByteBuffer msg, List<object> output)
        {
            while (msg.IsReadable())
            {
                output.Add($"{msg.ReadByte()}");
            }
        }
    }
}
