#nullable disable
namespace DotNetty.Common;

/// <summary>A list for the output of one call, taken from the calling thread and given back after.</summary>
public class ThreadLocalObjectList : List<object>
{
    private const int DefaultInitialCapacity = 8;
    private const int KeptCapacity = 1024;

    private static readonly ThreadLocalPool<ThreadLocalObjectList> Pool = new(static handle => new ThreadLocalObjectList(handle), 64);

    private readonly ThreadLocalPool.Handle _handle;

    private ThreadLocalObjectList(ThreadLocalPool.Handle handle) => _handle = handle;

    /// <summary>An empty list.</summary>
    public static ThreadLocalObjectList NewInstance() => NewInstance(DefaultInitialCapacity);

    /// <summary>An empty list with room for <paramref name="minCapacity"/> elements.</summary>
    public static ThreadLocalObjectList NewInstance(int minCapacity)
    {
        var list = Pool.Take();
        list.EnsureCapacity(minCapacity);
        return list;
    }

    /// <summary>Empties the list and gives it back. It must not be touched after.</summary>
    public void Return()
    {
        Clear();
        if (Capacity > KeptCapacity)
            Capacity = 0;
        _handle.Release(this);
    }
}
