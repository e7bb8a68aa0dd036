namespace DotNetty.Buffers;

/// <summary>The memory of all pooled buffers in the process. Reading it adds up a number per thread; counting costs no interlocked operation.</summary>
public static class BufferMemory
{
    private static readonly Lock Gate = new();

    private static BufferArena[] _arenas = [];

    /// <summary>Bytes of storage in living buffers: whole blocks, as <see cref="IByteBuffer.StorageSize"/> has them.</summary>
    public static long Held
    {
        get
        {
            var sum = SharedPool.Instance.Pool.Held + OwnMemory.Instance.Held;
            foreach (var arena in Arenas)
                sum += arena.Held;
            return sum;
        }
    }

    /// <summary>Bytes the pools have reserved, in slabs and in buffers too large for them. Idle memory is this less <see cref="Held"/>.</summary>
    public static long Reserved => SlabStore.Reserved + OwnMemory.Instance.Held;

    /// <summary>The arenas attached, and those detached that still have buffers in use.</summary>
    internal static IReadOnlyList<BufferArena> Arenas => Volatile.Read(ref _arenas);

    internal static void Register(BufferArena arena)
    {
        lock (Gate)
            Volatile.Write(ref _arenas, [.. _arenas, arena]);
    }

    internal static void Unregister(BufferArena arena)
    {
        lock (Gate)
            Volatile.Write(ref _arenas, System.Array.FindAll(_arenas, each => each != arena));
    }
}
