using DotNetty.Buffers;

namespace DotNetty.Compatibility.Tests.Defects;

/// <summary>Makes buffers without arrays.</summary>
internal sealed class WordByteBufferAllocator : AbstractByteBufferAllocator
{
    public override bool IsDirectBufferPooled => false;

    protected override IByteBuffer NewHeapBuffer(int initialCapacity, int maxCapacity) => new WordByteBuffer(this, initialCapacity);

    protected override IByteBuffer NewDirectBuffer(int initialCapacity, int maxCapacity) => new WordByteBuffer(this, initialCapacity);
}
