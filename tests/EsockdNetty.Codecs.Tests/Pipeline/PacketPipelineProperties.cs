using DotNetty.Buffers;
using DotNetty.Transport.Channels.Embedded;
using FsCheck;
using FsCheck.Fluent;

namespace EsockdNetty.Codecs.Tests.Pipeline;

public class PacketPipelineProperties
{
    private static readonly PacketType[] Types =
        [PacketType.One, PacketType.Two, PacketType.Four, PacketType.TwoLittleEndian, PacketType.FourLittleEndian, PacketType.Line];

    [Fact]
    public void What_one_side_writes_the_other_reads_however_the_stream_is_cut_and_nothing_leaks()
    {
        Prop.ForAll(Arb.From(Exchanges()), exchange =>
        {
            List<IByteBuffer> received = [.. Cut(Written(exchange), exchange.Seed).Select(Unpooled.CopiedBuffer)];

            List<string> read = Read(exchange.Type, received);

            return read.SequenceEqual(exchange.Bodies.Select(Convert.ToHexString)) && received.TrueForAll(buffer => buffer.ReferenceCount == 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    private static Gen<Exchange> Exchanges() =>
        from type in Gen.Elements(Types)
        from bodies in Gen.ListOf(Body(type))
        from seed in Gen.Choose(0, int.MaxValue)
        select new Exchange(type, bodies, seed);

    private static Gen<byte[]> Body(PacketType type) =>
        from length in Gen.Frequency((4, Gen.Choose(0, 8)), (2, Gen.Choose(0, 254)), (1, Gen.Choose(0, Math.Min(5000, type.MaxBody))))
        from fill in Gen.Choose(11, 255)
        select type.Mode == PacketMode.Line
            ? [.. Enumerable.Repeat((byte)fill, length), type.Delimiter]
            : Enumerable.Repeat((byte)fill, length).ToArray();

    private static byte[] Written(Exchange exchange)
    {
        EmbeddedChannel channel = new(new PacketEncoder(exchange.Type));
        List<byte> bytes = [];
        foreach (byte[] body in exchange.Bodies)
        {
            channel.WriteOutbound(Unpooled.CopiedBuffer(body));
        }

        while (channel.ReadOutbound<IByteBuffer>() is { } written)
        {
            bytes.AddRange(Bytes(written));
        }

        return [.. bytes];
    }

    private static List<string> Read(PacketType type, List<IByteBuffer> received)
    {
        EmbeddedChannel channel = new(new PacketDecoder(type));
        List<string> read = [];
        foreach (IByteBuffer buffer in received)
        {
            channel.WriteInbound(buffer);
            while (channel.ReadInbound<IByteBuffer>() is { } packet)
            {
                read.Add(Convert.ToHexString(Bytes(packet)));
            }
        }

        channel.Finish();
        return read;
    }

    private static IEnumerable<byte[]> Cut(byte[] bytes, int seed)
    {
        Random random = new(seed);
        int longest = random.Next(2) == 0 ? random.Next(2, 20) : random.Next(2, 5000);
        for (int start = 0; start < bytes.Length;)
        {
            int length = Math.Min(random.Next(1, longest), bytes.Length - start);
            yield return bytes[start..(start + length)];
            start += length;
        }
    }

    private static byte[] Bytes(IByteBuffer buffer)
    {
        byte[] bytes = new byte[buffer.ReadableBytes];
        buffer.ReadBytes(bytes).Release();
        return bytes;
    }

    private sealed record Exchange(PacketType Type, IReadOnlyList<byte[]> Bodies, int Seed)
    {
        public override string ToString() => $"{Type}, seed {Seed}: [{string.Join(' ', Bodies.Select(body => body.Length))}]";
    }
}
