using DotNetty.Buffers;

namespace EsockdNetty.Codecs.Tests.Pipeline;

/// <summary>Notes the sizes that are asked for.</summary>
internal sealed class RecordingAllocator : AbstractByteBufferAllocator
{
    public override bool IsDirectBufferPooled => false;

    public int Largest { get; private set; }

    public int Count { get; private set; }

    protected override IByteBuffer NewHeapBuffer(int initialCapacity, int maxCapacity) => Note(initialCapacity, maxCapacity);

    protected override IByteBuffer NewDirectBuffer(int initialCapacity, int maxCapacity) => Note(initialCapacity, maxCapacity);

    private IByteBuffer Note(int initialCapacity, int maxCapacity)
    {
        Count++;
        Largest = Math.Max(Largest, initialCapacity);
        return UnpooledByteBufferAllocator.Default.HeapBuffer(initialCapacity, maxCapacity);
    }
}
