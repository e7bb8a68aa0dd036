#nullable disable
namespace DotNetty.Common;

/// <summary>A variable with a value of its own on every thread.</summary>
public abstract class FastThreadLocal
{
    /// <summary>Removes the values of all variables from the calling thread, each with its clean-up.</summary>
    public static void RemoveAll()
    {
        var threadLocalMap = InternalThreadLocalMap.GetIfSet();
        if (threadLocalMap is null)
            return;

        try
        {
            foreach (var variable in threadLocalMap.VariablesToRemove.ToArray())
                variable.Remove(threadLocalMap);
        }
        finally
        {
            InternalThreadLocalMap.Remove();
        }
    }

    /// <summary>Forgets the values of the calling thread without clean-up.</summary>
    public static void Destroy() => InternalThreadLocalMap.Destroy();

    /// <summary>Removes this variable's value.</summary>
    public abstract void Remove(InternalThreadLocalMap threadLocalMap);

    protected static void AddToVariablesToRemove(InternalThreadLocalMap threadLocalMap, FastThreadLocal variable)
    {
        ArgumentNullException.ThrowIfNull(threadLocalMap);
        threadLocalMap.VariablesToRemove.Add(variable);
    }

    protected static void RemoveFromVariablesToRemove(InternalThreadLocalMap threadLocalMap, FastThreadLocal variable)
    {
        ArgumentNullException.ThrowIfNull(threadLocalMap);
        threadLocalMap.VariablesToRemove.Remove(variable);
    }
}
