#nullable disable
namespace DotNetty.Buffers;

/// <summary>The pool of all threads without an arena: one for the process, behind a lock, of at most 64 MiB. What does not fit gets memory of its own.</summary>
internal sealed class SharedPool : IBlockOwner
{
    private const int MaxSlabs = 32;
    private const int MaxEmptySlabs = 2;

    internal static readonly SharedPool Instance = new();

    private readonly Lock _lock = new();
    private readonly SlabPool _pool = new(MaxSlabs, MaxEmptySlabs);
    private readonly BufferStore _buffers = new();

    internal SlabPool Pool => _pool;

    /// <summary>A buffer on a block of this class, or null when the pool is at its limit.</summary>
    internal PooledByteBuffer Take(int sizeClass)
    {
        lock (_lock)
        {
            var run = _pool.FindRun(sizeClass);
            if (run == null)
                return null;
            var buffer = _buffers.Take();
            buffer.SetBlock(this, run, _pool.Take(run));
            return buffer;
        }
    }

    public void Return(PooledByteBuffer buffer)
    {
        lock (_lock)
        {
            _pool.Put(buffer.Run, buffer.Block);
            _buffers.Put(buffer);
        }
    }

    /// <summary>Hands idle memory back; called by every thread that trims its own.</summary>
    internal bool Trim(int maxUnits)
    {
        if (!_lock.TryEnter())
            return false;
        try
        {
            _buffers.Trim();
            return _pool.Trim(0, maxUnits);
        }
        finally
        {
            _lock.Exit();
        }
    }
}
