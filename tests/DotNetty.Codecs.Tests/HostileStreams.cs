using DotNetty.Buffers;
using DotNetty.Codecs.Protobuf;

namespace DotNetty.Codecs.Tests;

/// <summary>A kind of stream to be spoiled: who decodes it, what is whole in it, and how much of it may wait at most.</summary>
internal sealed record HostileStreams(string Name, Func<ByteToMessageDecoder> Decoder, Func<byte[], byte[]> Encode, int MostWaiting)
{
    private const int Max = 32;

    public static IEnumerable<HostileStreams> All =>
    [
        Sized(ByteOrder.BigEndian, 1, true),
        Sized(ByteOrder.BigEndian, 2, true),
        Sized(ByteOrder.LittleEndian, 2, false),
        Sized(ByteOrder.LittleEndian, 3, true),
        Sized(ByteOrder.BigEndian, 4, false),
        Sized(ByteOrder.BigEndian, 8, true),
        Delimited(true, true),
        Delimited(false, false),
        Lines(true, true),
        Lines(false, false),
        new("fixed length", () => new FixedLengthFrameDecoder(7), static body => body, 6),
        new("varint", () => new ProtobufVarint32FrameDecoder(Max), static body => [(byte)(body.Length | 0x80), 0, .. body], Max + 5),
        new("replaying", () => new StatefulDecoder(), static body => [(byte)body.Length, .. body], StatefulDecoder.Longest + 1),
    ];

    public override string ToString() => Name;

    private static HostileStreams Sized(ByteOrder order, int size, bool failFast)
    {
        byte[] Encode(byte[] body)
        {
            byte[] length = new byte[size];
            length[order == ByteOrder.BigEndian ? size - 1 : 0] = (byte)(body.Length + 1);
            return [0xFE, .. length, .. body];
        }

        return new($"{order} length of {size}, {(failFast ? "fails fast" : "fails late")}", () => new LengthFieldBasedFrameDecoder(order, Max, 1, size, -1, 2, failFast), Encode, Max);
    }

    private static HostileStreams Delimited(bool strips, bool failFast) => new(
        $"delimiters, {(failFast ? "fails fast" : "fails late")}",
        () => new DelimiterBasedFrameDecoder(Max, strips, failFast, Unpooled.WrappedBuffer([1, 2, 3]), Unpooled.WrappedBuffer([3, 2]), Unpooled.WrappedBuffer([2])),
        static body => [.. body, (byte)(body.Length % 3), 1, 2, 3],
        Max + 2);

    private static HostileStreams Lines(bool strips, bool failFast) => new(
        $"lines, {(failFast ? "fails fast" : "fails late")}",
        () => new LineBasedFrameDecoder(Max, strips, failFast),
        static body => [.. body, 13, 10],
        Max + 1);
}
