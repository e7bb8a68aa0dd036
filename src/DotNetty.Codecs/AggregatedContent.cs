using DotNetty.Buffers;

namespace DotNetty.Codecs;

/// <summary>Content that grows piece by piece.</summary>
internal static class AggregatedContent
{
    // Storage up to here is not worth a copy.
    private const int SmallStorage = 256;

    /// <summary>
    /// Adds the readable bytes of <paramref name="piece"/>, which stays the caller's. One that fills less than half of its storage is copied, so
    /// that content keeps at most twice its size alive; large ones are shared.
    /// </summary>
    public static void Append(CompositeByteBuffer content, IByteBuffer piece, int maxComponents)
    {
        if (!piece.IsReadable())
        {
            return;
        }

        bool copies = piece.StorageSize > SmallStorage && piece.ReadableBytes < piece.StorageSize / 2;
        content.AddComponent(true, copies ? content.Allocator.Buffer(piece.ReadableBytes).WriteBytes(piece, piece.ReaderIndex, piece.ReadableBytes) : piece.RetainedSlice());
        if (content.NumComponents > maxComponents)
        {
            MergeSmall(content);
        }
    }

    /// <summary>
    /// Merges the last components, as many as are together not smaller than the one before them. So what stays is at least as large as all
    /// behind it, their number is the logarithm of the size, and a byte is copied as often at most, however small the pieces are.
    /// </summary>
    private static void MergeSmall(CompositeByteBuffer content)
    {
        int first = content.NumComponents - 1;
        while (first > 0 && content.Capacity - content.ToByteIndex(first) >= content.ToByteIndex(first) - content.ToByteIndex(first - 1))
        {
            first--;
        }

        content.Consolidate(first, content.NumComponents - first);
    }
}
