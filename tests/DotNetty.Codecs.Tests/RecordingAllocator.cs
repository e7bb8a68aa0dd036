using DotNetty.Buffers;

namespace DotNetty.Codecs.Tests;

/// <summary>Remembers every buffer it made: what is left open is seen at once, at little cost, and beside other tests.</summary>
internal sealed class RecordingAllocator : AbstractByteBufferAllocator
{
    private readonly List<IByteBuffer> _made = [];

    public override bool IsDirectBufferPooled => false;

    public bool AllReleased => _made.TrueForAll(static buffer => buffer.ReferenceCount == 0);

    public override CompositeByteBuffer CompositeHeapBuffer(int maxNumComponents) => Remember(new CompositeByteBuffer(this, false, maxNumComponents));

    public override CompositeByteBuffer CompositeDirectBuffer(int maxNumComponents) => CompositeHeapBuffer(maxNumComponents);

    protected override IByteBuffer NewHeapBuffer(int initialCapacity, int maxCapacity) =>
        Remember(UnpooledByteBufferAllocator.Default.HeapBuffer(initialCapacity, maxCapacity));

    protected override IByteBuffer NewDirectBuffer(int initialCapacity, int maxCapacity) => NewHeapBuffer(initialCapacity, maxCapacity);

    private T Remember<T>(T buffer)
        where T : IByteBuffer
    {
        _made.Add(buffer);
        return buffer;
    }
}
