#nullable disable
namespace DotNetty.Buffers;

/// <summary>Unused buffer objects, for one thread at a time.</summary>
internal sealed class BufferStore
{
    private const int MaxBuffers = 4096;
    private const int KeptBuffers = 256;

    private PooledByteBuffer _first;
    private int _count;

    internal PooledByteBuffer Take()
    {
        var buffer = _first;
        if (buffer == null)
            return new PooledByteBuffer();
        _first = buffer.Next;
        _count--;
        buffer.Next = null;
        return buffer;
    }

    internal void Put(PooledByteBuffer buffer)
    {
        if (_count == MaxBuffers)
            return;

        // Unused, it must keep no slab: hundreds of slabs that were handed back would stay the collector's, and count against its limit.
        buffer.Forget();
        buffer.Next = _first;
        _first = buffer;
        _count++;
    }

    internal void Trim()
    {
        while (_count > KeptBuffers)
            Take();
    }
}
