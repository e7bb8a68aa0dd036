#nullable disable

namespace DotNetty.Buffers;

/// <summary>Buffers on arrays that the collector takes back: new ones, copies, and wrappers of what is there already.</summary>
public static partial class Unpooled
{
    /// <summary>The buffer without bytes.</summary>
    public static readonly IByteBuffer Empty = UnpooledByteBufferAllocator.Default.Buffer(0, 0);

    private static UnpooledByteBufferAllocator Allocator => UnpooledByteBufferAllocator.Default;

    /// <summary>A heap buffer of 256 bytes that may grow without bound.</summary>
    public static IByteBuffer Buffer() => Allocator.HeapBuffer();

    /// <inheritdoc cref="IByteBufferAllocator.HeapBuffer(int)"/>
    public static IByteBuffer Buffer(int initialCapacity) => Allocator.HeapBuffer(initialCapacity);

    /// <inheritdoc cref="IByteBufferAllocator.HeapBuffer(int, int)"/>
    public static IByteBuffer Buffer(int initialCapacity, int maxCapacity) => Allocator.HeapBuffer(initialCapacity, maxCapacity);

    /// <summary>A pinned buffer of 256 bytes that may grow without bound.</summary>
    public static IByteBuffer DirectBuffer() => Allocator.DirectBuffer();

    /// <inheritdoc cref="IByteBufferAllocator.DirectBuffer(int)"/>
    public static IByteBuffer DirectBuffer(int initialCapacity) => Allocator.DirectBuffer(initialCapacity);

    /// <inheritdoc cref="IByteBufferAllocator.DirectBuffer(int, int)"/>
    public static IByteBuffer DirectBuffer(int initialCapacity, int maxCapacity) => Allocator.DirectBuffer(initialCapacity, maxCapacity);

    /// <inheritdoc cref="IByteBufferAllocator.CompositeBuffer()"/>
    public static CompositeByteBuffer CompositeBuffer() => CompositeBuffer(AbstractByteBufferAllocator.DefaultMaxComponents);

    /// <inheritdoc cref="IByteBufferAllocator.CompositeBuffer(int)"/>
    public static CompositeByteBuffer CompositeBuffer(int maxNumComponents) => new(Allocator, false, maxNumComponents);

    /// <summary>Shows the buffer without letting anyone but its maker retain or release it.</summary>
    public static IByteBuffer UnreleasableBuffer(IByteBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return new UnreleasableByteBuffer(buffer);
    }
}
