using DotNetty.Buffers;

namespace DotNetty.Codecs;

/// <summary>The bytes of buffers that do not lie in one region.</summary>
internal static class Pieces
{
    /// <summary>The readable bytes from <paramref name="index"/> on, as far as they lie in one region: at least one.</summary>
    public static ReadOnlySpan<byte> At(IByteBuffer buffer, int index)
    {
        if (buffer is not CompositeByteBuffer composite || composite.InternalComponentAtOffset(index) is not { IsContiguous: true } component)
        {
            return buffer.GetIoBuffer(index, 1);
        }

        int start = composite.ToByteIndex(composite.ToComponentIndex(index));
        ReadOnlySpan<byte> bytes = component.ReadableSpan[(index - start)..];
        return bytes[..Math.Min(bytes.Length, buffer.WriterIndex - index)];
    }

    /// <summary>Whether <paramref name="expected"/> stands at <paramref name="index"/>.</summary>
    public static bool Match(IByteBuffer buffer, int index, ReadOnlySpan<byte> expected)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (buffer.GetByte(index + i) != expected[i])
            {
                return false;
            }
        }

        return true;
    }
}
