using System.Buffers;
using DotNetty.Buffers;

namespace DotNetty.Handlers.Tls;

/// <summary>
/// Turns what an engine writes into buffers of the channel's allocator. A buffer that came out less than half full is copied into one of its
/// size; between pumps the sink holds no storage.
/// </summary>
internal sealed class BufferSink(IByteBufferAllocator allocator) : IBufferWriter<byte>
{
    private const int SmallestBuffer = 256;

    private IByteBuffer? _current;
    private IByteBuffer? _ready;
    private Queue<IByteBuffer>? _more;
    private int _reserve;

    public bool HasReady => _ready != null;

    /// <summary>How much is coming, so that it lands in one buffer.</summary>
    public void Reserve(int bytes) => _reserve = bytes;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        int wanted = Math.Max(sizeHint, 1);
        if (_current != null && _current.WritableBytes < wanted)
        {
            Cut();
        }

        if (_current == null || _current.WritableBytes < wanted)
        {
            Replace(Math.Max(Math.Max(wanted, _reserve), SmallestBuffer));
        }

        return _current!.GetWritableSpan(wanted);
    }

    public void Advance(int count) => _current?.AdvanceWriter(count);

    public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException("The sink gives spans.");

    /// <summary>Ends the buffer that is being filled and gives spare storage back.</summary>
    public void Complete()
    {
        Cut();
        _current?.Release();
        _current = null;
        _reserve = 0;
    }

    /// <summary>The next finished buffer, now the caller's; null when there is none.</summary>
    public IByteBuffer? Take()
    {
        IByteBuffer? taken = _ready;
        _ready = _more is { Count: > 0 } ? _more.Dequeue() : null;
        return taken;
    }

    public void ReleaseAll()
    {
        Complete();
        while (Take() is { } buffer)
        {
            buffer.Release();
        }
    }

    private void Replace(int capacity)
    {
        _current?.Release();
        _current = allocator.Buffer(capacity, capacity);
    }

    // Afterwards the current buffer is empty, or none.
    private void Cut()
    {
        int count = _current?.ReadableBytes ?? 0;
        if (_current == null || count == 0)
        {
            return;
        }

        if (count * 2 >= _current.Capacity)
        {
            Keep(_current);
            _current = null;
            return;
        }

        Keep(allocator.Buffer(count).WriteBytes(_current.ReadableSpan));
        _current.Clear();
    }

    private void Keep(IByteBuffer buffer)
    {
        if (_ready == null)
        {
            _ready = buffer;
        }
        else
        {
            (_more ??= new Queue<IByteBuffer>()).Enqueue(buffer);
        }
    }
}
