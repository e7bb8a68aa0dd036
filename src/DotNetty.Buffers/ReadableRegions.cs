using System.Buffers;

namespace DotNetty.Buffers;

/// <summary>Chains regions of memory to a <see cref="ReadOnlySequence{T}"/>.</summary>
internal sealed class ReadableRegions : ReadOnlySequenceSegment<byte>
{
    private ReadableRegions(ReadOnlyMemory<byte> memory, long runningIndex)
    {
        Memory = memory;
        RunningIndex = runningIndex;
    }

    internal static ReadOnlySequence<byte> ToSequence(ReadOnlySpan<ArraySegment<byte>> regions)
    {
        if (regions.Length == 0)
            return ReadOnlySequence<byte>.Empty;
        if (regions.Length == 1)
            return new ReadOnlySequence<byte>(regions[0].AsMemory());

        var first = new ReadableRegions(regions[0], 0);
        var last = first;
        foreach (var region in regions[1..])
            last = last.Append(region);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private ReadableRegions Append(ReadOnlyMemory<byte> memory)
    {
        var next = new ReadableRegions(memory, RunningIndex + Memory.Length);
        Next = next;
        return next;
    }
}
