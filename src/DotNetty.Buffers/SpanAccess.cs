#nullable disable
namespace DotNetty.Buffers;

/// <summary>Spans for buffers that may be anybody's.</summary>
internal static class SpanAccess
{
    internal static void Set(IByteBuffer buffer, int index, ReadOnlySpan<byte> src)
    {
        if (buffer is AbstractByteBuffer ours)
            ours.SetSpan(index, src);
        else
            buffer.SetBytes(index, src.ToArray());
    }

    /// <summary>The bytes as they lie in memory, when they do so in one region.</summary>
    internal static bool TryGet(IByteBuffer buffer, int index, int length, out ReadOnlySpan<byte> span)
    {
        if (buffer is ContiguousByteBuffer ours)
        {
            ours.CheckIndex(index, length);
            span = ours.At(index, length);
            return true;
        }

        var hasArray = buffer.HasArray && index >= 0 && index <= buffer.Capacity - length;
        span = hasArray ? buffer.Array.AsSpan(buffer.ArrayOffset + index, length) : default;
        return hasArray;
    }
}
