using System.Buffers;

namespace EsockdNetty.Codecs.Tests.Packets;

/// <summary>Builds sequences of many segments.</summary>
internal sealed class Segments : ReadOnlySequenceSegment<byte>
{
    private Segments(ReadOnlyMemory<byte> memory, long runningIndex)
    {
        Memory = memory;
        RunningIndex = runningIndex;
    }

    /// <summary>The bytes in segments of one length.</summary>
    public static ReadOnlySequence<byte> Of(byte[] bytes, int length) => Of([.. bytes.Chunk(length)]);

    /// <summary>One segment a part, empty ones included.</summary>
    public static ReadOnlySequence<byte> Of(IReadOnlyList<byte[]> parts)
    {
        Segments first = new(parts.Count == 0 ? default : parts[0], 0);
        Segments last = first;
        foreach (byte[] part in parts.Skip(1))
        {
            Segments next = new(part, last.RunningIndex + last.Memory.Length);
            last.Next = next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
