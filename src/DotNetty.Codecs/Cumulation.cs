using DotNetty.Buffers;

namespace DotNetty.Codecs;

/// <summary>Ways to put bytes together that came in pieces. Each takes both buffers over and returns the one that holds all bytes.</summary>
internal static class Cumulation
{
    // Storage up to here is not worth a copy.
    private const int SmallStorage = 256;

    /// <summary>Appends by copying; the storage doubles, so that a byte is copied a constant number of times however often it grows.</summary>
    public static IByteBuffer Merge(IByteBufferAllocator alloc, IByteBuffer cumulation, IByteBuffer input)
    {
        ArgumentNullException.ThrowIfNull(alloc);
        ArgumentNullException.ThrowIfNull(cumulation);
        ArgumentNullException.ThrowIfNull(input);
        if (!cumulation.IsReadable())
        {
            cumulation.Release();
            return input;
        }

        try
        {
            IByteBuffer roomy = MakeRoom(alloc, cumulation, input.ReadableBytes);
            return roomy.WriteBytes(input);
        }
        finally
        {
            input.Release();
        }
    }

    /// <summary>Appends without copying, as one more component.</summary>
    public static IByteBuffer Compose(IByteBufferAllocator alloc, IByteBuffer cumulation, IByteBuffer input)
    {
        ArgumentNullException.ThrowIfNull(alloc);
        ArgumentNullException.ThrowIfNull(cumulation);
        ArgumentNullException.ThrowIfNull(input);

        // Slices of a composite refer to its components' places: while others hold some, its front cannot be cut off.
        if (!cumulation.IsReadable() || !input.IsReadable() || cumulation is CompositeByteBuffer { ReferenceCount: > 1 })
        {
            return Merge(alloc, cumulation, input);
        }

        CompositeByteBuffer composite = cumulation as CompositeByteBuffer ?? alloc.CompositeBuffer(int.MaxValue).AddComponent(true, cumulation);
        return composite.DiscardReadComponents().AddComponent(true, input);
    }

    /// <summary>Moves a rest to storage of its size when it fills less than half of what it keeps alive.</summary>
    public static IByteBuffer? Shrink(IByteBufferAllocator alloc, IByteBuffer? rest)
    {
        if (rest is null || rest.StorageSize <= SmallStorage || rest.ReadableBytes >= rest.StorageSize / 2)
        {
            return rest;
        }

        return MoveTo(alloc.Buffer(rest.ReadableBytes), rest);
    }

    private static IByteBuffer MakeRoom(IByteBufferAllocator alloc, IByteBuffer cumulation, int bytes)
    {
        int readable = cumulation.ReadableBytes;

        // Not in place when others see the storage, and never by moving what stands there: it may be the array of a caller.
        if (cumulation.ReferenceCount == 1 && cumulation.WritableBytes >= bytes)
        {
            return cumulation;
        }

        return MoveTo(alloc.Buffer(alloc.CalculateNewCapacity(checked(readable + bytes), int.MaxValue)), cumulation);
    }

    private static IByteBuffer MoveTo(IByteBuffer target, IByteBuffer source)
    {
        target.WriteBytes(source);
        source.Release();
        return target;
    }
}
