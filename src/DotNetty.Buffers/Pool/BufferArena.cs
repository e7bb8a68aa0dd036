#nullable disable
namespace DotNetty.Buffers;

/// <summary>
/// The pool of one thread, attached by <see cref="PooledByteBufferAllocator.AttachToCurrentThread"/>. Only that thread takes from it, without locks;
/// buffers released on other threads come home over a lock-free stack. Nothing is allocated before the first buffer.
/// </summary>
public sealed partial class BufferArena : IBlockOwner, IDisposable
{
    /// <summary>Empty slabs kept while the thread is busy: 32 MiB.</summary>
    private const int MaxEmptySlabs = 16;

    /// <summary>Empty slabs kept by <see cref="Trim"/>.</summary>
    private const int ReservedSlabs = 1;

    /// <summary>What one <see cref="Trim"/> hands back at most, 4 MiB: about a third of a millisecond.</summary>
    private const int UnitsPerTrim = 64;

    private const int FirstViews = 16;
    private const int MaxViews = 1024;
    private const int MaxComposites = 256;

    [ThreadStatic]
    private static BufferArena _current;

    private readonly Lock _afterClose = new();
    private readonly SlabPool _pool = new(int.MaxValue, MaxEmptySlabs);
    private readonly BufferStore _buffers = new();

    // Those below the count are unused. A view that was taken stays in its place, to which it mostly comes back.
    private RetainedArrayView[] _views = [];
    private int _viewCount;
    private Stack<PooledCompositeByteBuffer> _composites;

    // Written by other threads.
    private PooledByteBuffer _returned;
    private long _returnedBytes;
    private volatile bool _closed;

    private BufferArena()
    {
    }

    /// <summary>Bytes of storage in living buffers that were taken from this arena.</summary>
    public long Held => _pool.Held - Interlocked.Read(ref _returnedBytes);

    /// <summary>Bytes of slabs this arena has, used or not.</summary>
    public long Reserved => _pool.Reserved;

    /// <summary>The current thread's arena, or null.</summary>
    internal static BufferArena Current => _current;

    internal SlabPool Pool => _pool;

    /// <summary>Hands idle memory back to the operating system, a bounded amount a call. For a thread that has had nothing to do for about a second:
    /// what is wanted again at once costs a page fault for every 4 KiB.</summary>
    /// <returns>True when another call would find more.</returns>
    /// <exception cref="InvalidOperationException">Another thread's arena.</exception>
    public bool Trim()
    {
        CheckThread();
        TakeReturned();
        _buffers.Trim();

        // Those unused still look at the slabs they last showed.
        _views = [];
        _viewCount = 0;
        return _pool.Trim(ReservedSlabs, UnitsPerTrim) | SharedPool.Instance.Trim(UnitsPerTrim);
    }

    /// <summary>Detaches the arena from its thread. Buffers still in use stay valid; their slabs are handed back as they empty.</summary>
    /// <exception cref="InvalidOperationException">Another thread's arena.</exception>
    public void Dispose()
    {
        if (_closed)
            return;
        CheckThread();
        _current = null;
        _views = [];
        _viewCount = 0;
        _composites = null;
        _closed = true;

        // Whoever pushes after this sees that the arena is closed and takes the push off himself.
        Interlocked.MemoryBarrier();
        TakeReturnedAfterClose();
    }

    internal static BufferArena Attach()
    {
        if (_current != null)
            throw new InvalidOperationException("This thread has an arena already.");
        var arena = new BufferArena();
        BufferMemory.Register(arena);
        return _current = arena;
    }

    internal PooledByteBuffer Take(int sizeClass)
    {
        if (_returned != null)
            TakeReturned();
        var run = _pool.FindRun(sizeClass);
        var buffer = _buffers.Take();
        buffer.SetBlock(this, run, _pool.Take(run));
        return buffer;
    }

    void IBlockOwner.Return(PooledByteBuffer buffer)
    {
        if (ReferenceEquals(this, _current))
            Put(buffer);
        else
            ReturnFromElsewhere(buffer);
    }

    internal RetainedArrayView TakeView()
    {
        if (_viewCount == 0)
            return null;
        var view = _views[--_viewCount];
        view.Begin();
        return view;
    }

    internal void PutView(RetainedArrayView view)
    {
        if (_viewCount == MaxViews)
            return;
        if (_viewCount == _views.Length)
            System.Array.Resize(ref _views, Math.Max(FirstViews, _viewCount * 2));
        if (_views[_viewCount] != view)
            _views[_viewCount] = view;
        _viewCount++;
    }

    internal PooledCompositeByteBuffer TakeComposite() => _composites is { Count: > 0 } unused ? unused.Pop() : null;

    internal void PutComposite(PooledCompositeByteBuffer composite)
    {
        var unused = _composites ??= new Stack<PooledCompositeByteBuffer>();
        if (unused.Count < MaxComposites)
            unused.Push(composite);
    }

    private void Put(PooledByteBuffer buffer)
    {
        _pool.Put(buffer.Run, buffer.Block);
        _buffers.Put(buffer);
    }

    private void ReturnFromElsewhere(PooledByteBuffer buffer)
    {
        Interlocked.Add(ref _returnedBytes, buffer.BlockSize);
        PooledByteBuffer head;
        do
        {
            head = Volatile.Read(ref _returned);
            buffer.Next = head;
        }
        while (Interlocked.CompareExchange(ref _returned, buffer, head) != head);

        if (_closed)
            TakeReturnedAfterClose();
    }

    private void TakeReturned()
    {
        var buffer = Interlocked.Exchange(ref _returned, null);
        long bytes = 0;
        while (buffer != null)
        {
            var next = buffer.Next;
            bytes += buffer.BlockSize;
            Put(buffer);
            buffer = next;
        }

        if (bytes > 0)
            Interlocked.Add(ref _returnedBytes, -bytes);
    }

    private void TakeReturnedAfterClose()
    {
        lock (_afterClose)
        {
            TakeReturned();
            _pool.Trim(0, int.MaxValue);
            if (_pool.Reserved == 0)
                BufferMemory.Unregister(this);
        }
    }

    private void CheckThread()
    {
        if (!ReferenceEquals(this, _current))
            throw new InvalidOperationException("An arena belongs to the thread it was attached to.");
    }
}
