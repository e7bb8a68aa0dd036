using System.Runtime.CompilerServices;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Codecs.Tests;

/// <summary>
/// Streams that were right until bytes of them were changed, lost, doubled or put in, always the same ones. A decoder that does not come back
/// from one hangs here. Not leak-checked like others: following every buffer would take minutes.
/// </summary>
public sealed class HostileStreamTests
{
    private const int Streams = 20_000;

    public static TheoryData<string> Kinds => [.. HostileStreams.All.Select(static kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_spoiled_stream_gives_decoder_errors_at_most_keeps_little_and_leaks_nothing(string name)
    {
        HostileStreams kind = HostileStreams.All.Single(candidate => candidate.Name == name);
        Random random = new(name.Length);
        int frames = 0;
        int errors = 0;

        for (int i = 0; i < Streams; i++)
        {
            byte[] bytes = Spoil(random, Valid(random, kind));
            Outcome outcome = Decode(kind, bytes, random, i % 2 == 0);

            Assert.True(outcome.Unexpected is null, $"stream {i}: {Convert.ToHexString(bytes)} gave {outcome.Unexpected}");
            Assert.True(outcome.Waiting <= kind.MostWaiting, $"stream {i}: {outcome.Waiting} bytes of {Convert.ToHexString(bytes)} were kept");
            Assert.True(outcome.AllReleased, $"stream {i}: {Convert.ToHexString(bytes)} leaked");
            frames += outcome.Frames;
            errors += outcome.Errors;
        }

        // Neither all right nor all wrong: the streams are worth something.
        Assert.True(frames > Streams / 2, $"{frames} frames");
        Assert.True(errors > Streams / 100 || name == "fixed length", $"{errors} errors");
    }

    private static byte[] Valid(Random random, HostileStreams kind)
    {
        List<byte> bytes = [];
        for (int frames = random.Next(1, 6); frames > 0; frames--)
        {
            byte[] body = new byte[random.Next(0, 24)];
            random.NextBytes(body);
            bytes.AddRange(kind.Encode(body));
        }

        return [.. bytes];
    }

    private static byte[] Spoil(Random random, byte[] valid)
    {
        List<byte> bytes = [.. valid];
        for (int changes = random.Next(0, 5); changes > 0 && bytes.Count > 1; changes--)
        {
            int at = random.Next(bytes.Count);
            int count = random.Next(1, bytes.Count - at + 1);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)(random.Next(2) * 255);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(count, bytes.Count - 1));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, count));
                    break;
                default:
                    byte[] noise = new byte[random.Next(1, 60)];
                    random.NextBytes(noise);
                    bytes.InsertRange(at, noise);
                    break;
            }
        }

        return [.. bytes];
    }

    private static Outcome Decode(HostileStreams kind, byte[] bytes, Random random, bool scattered)
    {
        var sink = new Sink();
        ByteToMessageDecoder decoder = kind.Decoder();
        if (scattered)
        {
            decoder.SetCumulator(ByteToMessageDecoder.CompositionCumulation);
        }

        var allocator = new RecordingAllocator();
        var channel = new EmbeddedChannel(decoder, sink);
        channel.Configuration.Allocator = allocator;
        int waiting = 0;
        foreach (byte[] piece in Framing.Cut(bytes, random.Next()))
        {
            channel.WriteInbound(allocator.Buffer(piece.Length + 1).WriteBytes(piece));
            waiting = Math.Max(waiting, Cumulation(decoder)?.ReadableBytes ?? 0);
        }

        channel.Finish();
        return new Outcome(sink.Frames, sink.Errors, sink.Unexpected, waiting, allocator.AllReleased);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_cumulation")]
    private static extern ref IByteBuffer? Cumulation(ByteToMessageDecoder decoder);

    private readonly record struct Outcome(int Frames, int Errors, Exception? Unexpected, int Waiting, bool AllReleased);

    private sealed class Sink : ChannelHandlerAdapter
    {
        public int Frames { get; private set; }

        public int Errors { get; private set; }

        public Exception? Unexpected { get; private set; }

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            Frames++;
            ((IByteBuffer)message).Release();
        }

        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
        {
            Errors++;
            if (exception is not (TooLongFrameException or CorruptedFrameException))
            {
                Unexpected = exception;
            }
        }
    }
}
