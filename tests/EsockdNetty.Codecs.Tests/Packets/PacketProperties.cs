using System.Buffers;
using FsCheck;
using FsCheck.Fluent;

namespace EsockdNetty.Codecs.Tests.Packets;

public class PacketProperties
{
    private const int MaxFrame = 300;

    private static readonly PacketType[] Sized =
        [PacketType.One, PacketType.Two, PacketType.Four, PacketType.TwoLittleEndian, PacketType.FourLittleEndian];

    private static readonly PacketType[] Lines = [PacketType.Line, PacketType.LineEndingWith((byte)';')];

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void Any_bodies_come_out_as_they_went_in_however_the_stream_is_cut()
    {
        Prop.ForAll(Arb.From(Streams()), stream =>
            EveryWay(stream).All(outcome => outcome.Frames.SequenceEqual(stream.Bodies.Select(Convert.ToHexString)))).Check(Many);
    }

    [Fact]
    public void Any_bytes_give_the_same_packets_and_the_same_violation_however_they_are_cut()
    {
        Prop.ForAll(Arb.From(Junk()), stream =>
        {
            Outcome whole = SpanWise(stream with { Parts = [[.. stream.Parts.SelectMany(part => part)]] });
            return EveryWay(stream).All(outcome => Same(whole, outcome));
        }).Check(Many);
    }

    [Fact]
    public void Every_byte_of_a_line_is_looked_at_once_and_of_a_sized_packet_its_header_alone()
    {
        Prop.ForAll(Arb.From(Streams()), stream =>
        {
            int looked = stream.Type.Mode == PacketMode.Line
                ? stream.Parts.Sum(part => part.Length)
                : stream.Bodies.Count * stream.Type.HeaderLength;
            return EveryWay(stream).All(outcome => outcome.Examined == looked);
        }).Check(Many);
    }

    /// <summary>Bodies of one type, encoded, and the stream cut anywhere (also into nothing).</summary>
    private static Gen<Stream> Streams() =>
        from type in Gen.Elements(Sized.Concat(Lines).ToArray())
        from bodies in Gen.ListOf(Body(type))
        from seed in Gen.Choose(0, int.MaxValue)
        select new Stream(type, bodies, Cut(Encode(type, bodies), seed));

    /// <summary>Bytes that favour small numbers and delimiters, so that some of it is packets.</summary>
    private static Gen<Stream> Junk() =>
        from type in Gen.Elements(Sized.Concat(Lines).ToArray())
        from bytes in Gen.ArrayOf(Gen.Frequency((6, Gen.Choose(0, 3)), (1, Gen.Choose(0, 255)), (1, Gen.Elements(10, 59))))
        from seed in Gen.Choose(0, int.MaxValue)
        select new Stream(type, [], Cut([.. bytes.Select(value => (byte)value)], seed));

    private static Gen<byte[]> Body(PacketType type) =>
        from length in Gen.Frequency((1, Gen.Constant(0)), (4, Gen.Choose(0, 8)), (1, Gen.Choose(0, Math.Min(MaxFrame, type.MaxBody) - 1)))
        from bytes in Gen.ArrayOf(Gen.Choose(0, 255), length)
        select type.Mode == PacketMode.Line ? LineOf(type, bytes) : [.. bytes.Select(value => (byte)value)];

    private static byte[] LineOf(PacketType type, int[] bytes) =>
        [.. bytes.Select(value => (byte)value).Where(value => value != type.Delimiter), type.Delimiter];

    private static byte[] Encode(PacketType type, IEnumerable<byte[]> bodies)
    {
        PacketWriter writer = new(type, MaxFrame);
        ArrayBufferWriter<byte> output = new();
        foreach (byte[] body in bodies)
            writer.Write(output, body);
        return output.WrittenSpan.ToArray();
    }

    private static List<byte[]> Cut(byte[] bytes, int seed)
    {
        Random random = new(seed);
        int longest = random.Next(1, 20);
        List<byte[]> parts = [];
        for (int start = 0; start < bytes.Length;)
        {
            int length = Math.Min(random.Next(0, longest + 1), bytes.Length - start);
            parts.Add(bytes[start..(start + length)]);
            start += length;
        }

        return parts;
    }

    private static Outcome[] EveryWay(Stream stream) => [SpanWise(stream), PieceWise(stream), SequenceWise(stream)];

    /// <summary>What a decoder over one growing buffer does.</summary>
    private static Outcome SpanWise(Stream stream)
    {
        PacketParser parser = new(stream.Type, MaxFrame);
        List<string> frames = [];
        byte[] pending = [];
        foreach (byte[] part in stream.Parts)
        {
            pending = [.. pending, .. part];
            PacketResult result;
            while ((result = parser.Read(pending)).Status == PacketStatus.Packet)
            {
                frames.Add(Convert.ToHexString(pending, result.Offset, result.Length));
                pending = pending[result.Consumed..];
            }

            if (result.Status == PacketStatus.Violation) return new Outcome(frames, parser.Examined, parser.ToException(result).Message);
        }

        return new Outcome(frames, parser.Examined, null);
    }

    /// <summary>What a decoder does that completes a partial packet from the next buffer.</summary>
    private static Outcome PieceWise(Stream stream)
    {
        PacketParser parser = new(stream.Type, MaxFrame);
        List<string> frames = [];
        byte[] pending = [];
        foreach (byte[] part in stream.Parts)
        {
            byte[] start = pending;
            byte[] more = part;
            PacketResult result;
            while ((result = parser.Read(start, more)).Status == PacketStatus.Packet)
            {
                byte[] all = [.. start, .. more];
                frames.Add(Convert.ToHexString(all, result.Offset, result.Length));
                start = [];
                more = all[result.Consumed..];
            }

            if (result.Status == PacketStatus.Violation) return new Outcome(frames, parser.Examined, parser.ToException(result).Message);
            pending = [.. start, .. more];
        }

        return new Outcome(frames, parser.Examined, null);
    }

    /// <summary>What a reader of a pipe does.</summary>
    private static Outcome SequenceWise(Stream stream)
    {
        PacketParser parser = new(stream.Type, MaxFrame);
        List<string> frames = [];
        List<byte[]> pending = [];
        foreach (byte[] part in stream.Parts)
        {
            pending.Add(part);
            ReadOnlySequence<byte> input = Segments.Of(pending);
            try
            {
                while (parser.TryRead(ref input, out ReadOnlySequence<byte> packet))
                    frames.Add(Convert.ToHexString(packet.ToArray()));
            }
            catch (PacketException violation)
            {
                return new Outcome(frames, parser.Examined, violation.Message);
            }

            pending = [.. Split(input)];
        }

        return new Outcome(frames, parser.Examined, null);
    }

    private static IEnumerable<byte[]> Split(ReadOnlySequence<byte> input)
    {
        foreach (ReadOnlyMemory<byte> segment in input)
            yield return segment.ToArray();
    }

    private static bool Same(Outcome one, Outcome other) =>
        one.Violation == other.Violation && one.Frames.SequenceEqual(other.Frames);

    private sealed record Stream(PacketType Type, IReadOnlyList<byte[]> Bodies, IReadOnlyList<byte[]> Parts)
    {
        public override string ToString() =>
            $"{Type} [{string.Join(' ', Bodies.Select(Convert.ToHexString))}] cut [{string.Join('|', Parts.Select(Convert.ToHexString))}]";
    }

    private sealed record Outcome(IReadOnlyList<string> Frames, long Examined, string? Violation);
}
