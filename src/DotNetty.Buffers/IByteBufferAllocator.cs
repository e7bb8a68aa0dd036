#nullable disable
namespace DotNetty.Buffers;

/// <summary>Makes buffers. Safe for use from any thread.</summary>
public interface IByteBufferAllocator
{
    /// <summary>True when <see cref="DirectBuffer()"/> takes its memory from a pool.</summary>
    bool IsDirectBufferPooled { get; }

    /// <summary>A buffer of 256 bytes that may grow without bound, direct or not as the allocator prefers.</summary>
    IByteBuffer Buffer();

    /// <summary>A buffer of <paramref name="initialCapacity"/> bytes that may grow without bound.</summary>
    IByteBuffer Buffer(int initialCapacity);

    /// <summary>A buffer of <paramref name="initialCapacity"/> bytes that may grow to <paramref name="maxCapacity"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative capacity, or a maximum below the initial one.</exception>
    IByteBuffer Buffer(int initialCapacity, int maxCapacity);

    /// <summary>A buffer in memory the collector may move.</summary>
    IByteBuffer HeapBuffer();

    /// <inheritdoc cref="HeapBuffer()"/>
    IByteBuffer HeapBuffer(int initialCapacity);

    /// <inheritdoc cref="HeapBuffer()"/>
    IByteBuffer HeapBuffer(int initialCapacity, int maxCapacity);

    /// <summary>A buffer in pinned memory.</summary>
    IByteBuffer DirectBuffer();

    /// <inheritdoc cref="DirectBuffer()"/>
    IByteBuffer DirectBuffer(int initialCapacity);

    /// <inheritdoc cref="DirectBuffer()"/>
    IByteBuffer DirectBuffer(int initialCapacity, int maxCapacity);

    /// <summary>An empty composite of up to 16 components before they are merged.</summary>
    CompositeByteBuffer CompositeBuffer();

    /// <summary>An empty composite of up to <paramref name="maxComponents"/> components before they are merged.</summary>
    CompositeByteBuffer CompositeBuffer(int maxComponents);

    /// <inheritdoc cref="CompositeBuffer()"/>
    CompositeByteBuffer CompositeHeapBuffer();

    /// <inheritdoc cref="CompositeBuffer(int)"/>
    CompositeByteBuffer CompositeHeapBuffer(int maxComponents);

    /// <inheritdoc cref="CompositeBuffer()"/>
    CompositeByteBuffer CompositeDirectBuffer();

    /// <inheritdoc cref="CompositeBuffer(int)"/>
    CompositeByteBuffer CompositeDirectBuffer(int maxComponents);

    /// <summary>The capacity to grow to: the next power of two (at least 64) up to 4 MiB, above it the next multiple of 4 MiB, never more than <paramref name="maxCapacity"/>.</summary>
    int CalculateNewCapacity(int minNewCapacity, int maxCapacity);
}
