using DotNetty.Buffers;
using DotNetty.Codecs.Protobuf;
using EsockdNetty.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace DotNetty.Codecs.Tests;

/// <summary>Any bytes, cut anywhere, give what a parser gives that sees all of them at once.</summary>
public sealed class FrameDecoderProperties : LeakFreeTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1000);

    private static readonly byte[][] LineEnds = ["\r\n"u8.ToArray(), "\n"u8.ToArray()];

    [Fact]
    public void Delimited_frames_are_those_of_the_whole_stream_and_each_byte_is_searched_once()
    {
        Prop.ForAll(Arb.From(Delimited()), stream =>
        {
            var decoder = new DelimiterBasedFrameDecoder(
                stream.Max, stream.Strips, stream.FailsFast, [.. stream.Delimiters.Select(Unpooled.CopiedBuffer)]);
            string story = Framing.Story(decoder, stream.IsScattered, Framing.Cut(stream.Bytes, stream.Seed));
            return Same(Whole(stream), story) && decoder.Examined == stream.Bytes.Length;
        }).Check(Many);
    }

    [Fact]
    public void Lines_are_those_of_the_whole_stream_and_each_byte_is_searched_once()
    {
        Prop.ForAll(Arb.From(Delimited()), random =>
        {
            Stream stream = random with { Delimiters = LineEnds };
            var decoder = new LineBasedFrameDecoder(stream.Max, stream.Strips, stream.FailsFast);
            string story = Framing.Story(decoder, stream.IsScattered, Framing.Cut(stream.Bytes, stream.Seed));
            return Same(Whole(stream), story) && decoder.Examined == stream.Bytes.Length;
        }).Check(Many);
    }

    [Fact]
    public void Frames_of_one_length_are_those_of_the_whole_stream()
    {
        Prop.ForAll(Arb.From(Delimited()), stream =>
        {
            IEnumerable<string> whole = stream.Bytes.Chunk(stream.Max).Where(chunk => chunk.Length == stream.Max).Select(Frame);
            string story = Framing.Story(new FixedLengthFrameDecoder(stream.Max), stream.IsScattered, Framing.Cut(stream.Bytes, stream.Seed));
            return Same(string.Join(' ', whole), story);
        }).Check(Many);
    }

    [Fact]
    public void Frames_behind_varints_are_those_of_the_whole_stream()
    {
        Prop.ForAll(Arb.From(Varints()), stream =>
        {
            string story = Framing.Story(new ProtobufVarint32FrameDecoder(stream.Max), stream.IsScattered, Framing.Cut(stream.Bytes, stream.Seed));
            return Same(WholeVarints(stream), story);
        }).Check(Many);
    }

    /// <summary>Few different bytes, so that delimiters are met, whole, in part and inside one another.</summary>
    private static Gen<Stream> Delimited() =>
        from bytes in Gen.ArrayOf(Letter())
        from delimiters in Gen.NonEmptyListOf(Gen.NonEmptyListOf(Letter()).Select(letters => letters.Take(4).ToArray()))
        from max in Gen.Choose(1, 10)
        from strips in Gen.Elements(true, false)
        from failsFast in Gen.Elements(true, false)
        from scattered in Gen.Elements(true, false)
        from seed in Gen.Choose(0, int.MaxValue)
        select new Stream(bytes, [.. delimiters.Take(3)], max, strips, failsFast, scattered, seed);

    private static Gen<byte> Letter() => Gen.Elements((byte)'a', (byte)'b', (byte)'\r', (byte)'\n');

    /// <summary>Small lengths mostly, and now and then one that is spread over several bytes or none at all.</summary>
    private static Gen<Stream> Varints() =>
        from stream in Delimited()
        from bytes in Gen.ArrayOf(Gen.Frequency((12, Gen.Choose(0, 4)), (2, Gen.Choose(5, 20)), (2, Gen.Constant(0x80)), (1, Gen.Choose(0, 255))))
        select stream with { Bytes = [.. bytes.Select(static value => (byte)value)] };

    private static string Whole(Stream stream)
    {
        List<string> story = [];
        int start = 0;
        for (int end = 1; end <= stream.Bytes.Length; end++)
        {
            byte[] seen = stream.Bytes[start..end];
            int delimiter = stream.Delimiters.Where(candidate => seen.AsSpan().EndsWith(candidate)).Select(found => found.Length).DefaultIfEmpty().Max();
            if (delimiter > 0)
            {
                int length = seen.Length - delimiter;
                story.Add(length > stream.Max ? nameof(TooLongFrameException) : Frame(stream.Strips ? seen[..length] : seen));
                start = end;
            }
        }

        if (stream.FailsFast && IsTooLong(stream, stream.Bytes[start..]))
        {
            story.Add(nameof(TooLongFrameException));
        }

        return string.Join(' ', story);
    }

    /// <summary>Whether no delimiter can begin soon enough any more.</summary>
    private static bool IsTooLong(Stream stream, byte[] rest) =>
        rest.Length > stream.Max
        && !Enumerable.Range(0, stream.Max + 1).Any(start => stream.Delimiters.Any(delimiter => delimiter.AsSpan().StartsWith(rest.AsSpan(start))));

    private static string WholeVarints(Stream stream)
    {
        List<string> story = [];
        byte[] rest = stream.Bytes;
        while (true)
        {
            int header = Array.FindIndex(rest, static value => value < 0x80) + 1;
            if (header > 5 || (header == 0 && rest.Length >= 5))
            {
                story.Add(nameof(CorruptedFrameException));
                break;
            }

            if (header == 0)
            {
                break;
            }

            ulong length = rest.Take(header).Reverse().Aggregate(0UL, static (sum, value) => (sum << 7) | (uint)(value & 0x7F));
            if (length > int.MaxValue)
            {
                story.Add(nameof(CorruptedFrameException));
                break;
            }

            int present = (int)Math.Min(length, (ulong)(rest.Length - header));
            if (length > (ulong)stream.Max)
            {
                story.Add(nameof(TooLongFrameException));
            }
            else if (present < (int)length)
            {
                break;
            }
            else
            {
                story.Add(Frame(rest[header..(header + present)]));
            }

            rest = rest[(header + present)..];
        }

        return string.Join(' ', story);
    }

    private static string Frame(byte[] bytes) => $"[{Convert.ToHexStringLower(bytes)}]";

    private static bool Same(string expected, string story) => story == expected ? true : throw new InvalidOperationException($"{story} instead of {expected}");

    private sealed record Stream(byte[] Bytes, byte[][] Delimiters, int Max, bool Strips, bool FailsFast, bool IsScattered, int Seed)
    {
        public override string ToString() =>
            $"{Convert.ToHexString(Bytes)} by {string.Join('|', Delimiters.Select(Convert.ToHexString))}, at most {Max}, strips {Strips}, "
            + $"fails fast {FailsFast}, scattered {IsScattered}, cut [{string.Join('|', Framing.Cut(Bytes, Seed).Select(Convert.ToHexString))}]";
    }
}
