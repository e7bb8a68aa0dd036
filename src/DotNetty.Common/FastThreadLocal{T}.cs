#nullable disable
namespace DotNetty.Common;

/// <summary>A variable with a value of its own on every thread, found by index.</summary>
public class FastThreadLocal<T> : FastThreadLocal
    where T : class
{
    private readonly int _index = InternalThreadLocalMap.NextIndex();

    /// <summary>The number of variables, of any type, set on the calling thread.</summary>
    public static int Count => InternalThreadLocalMap.GetIfSet()?.Count ?? 0;

    /// <summary>The value on the calling thread; the first read makes it.</summary>
    public T Value
    {
        get => Get(InternalThreadLocalMap.Get());
        set => Set(InternalThreadLocalMap.Get(), value);
    }

    public T Get(InternalThreadLocalMap threadLocalMap)
    {
        ArgumentNullException.ThrowIfNull(threadLocalMap);
        var value = threadLocalMap.GetIndexedVariable(_index);
        if (value != InternalThreadLocalMap.Unset)
            return (T)value;

        var initial = GetInitialValue();
        Set(threadLocalMap, initial);
        return initial;
    }

    public void Set(InternalThreadLocalMap threadLocalMap, T value)
    {
        ArgumentNullException.ThrowIfNull(threadLocalMap);
        if (threadLocalMap.SetIndexedVariable(_index, value))
            AddToVariablesToRemove(threadLocalMap, this);
    }

    public bool IsSet() => InternalThreadLocalMap.GetIfSet() is { } threadLocalMap && IsSet(threadLocalMap);

    public bool IsSet(InternalThreadLocalMap threadLocalMap)
    {
        ArgumentNullException.ThrowIfNull(threadLocalMap);
        return threadLocalMap.IsIndexedVariableSet(_index);
    }

    /// <summary>Removes the value from the calling thread; the next read makes a new one.</summary>
    public void Remove()
    {
        if (InternalThreadLocalMap.GetIfSet() is { } threadLocalMap)
            Remove(threadLocalMap);
    }

    public sealed override void Remove(InternalThreadLocalMap threadLocalMap)
    {
        ArgumentNullException.ThrowIfNull(threadLocalMap);
        var value = threadLocalMap.RemoveIndexedVariable(_index);
        if (value == InternalThreadLocalMap.Unset)
            return;

        RemoveFromVariablesToRemove(threadLocalMap, this);
        OnRemoval((T)value);
    }

    /// <summary>The value of a thread that has none. Default: null.</summary>
    protected virtual T GetInitialValue() => null;

    /// <summary>Called after a value was removed.</summary>
    protected virtual void OnRemoval(T value)
    {
    }
}
