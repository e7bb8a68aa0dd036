#nullable disable
namespace DotNetty.Common.Concurrency;

/// <summary>Tells which executor the calling thread belongs to.</summary>
public static class ExecutionEnvironment
{
    [ThreadStatic]
    private static IEventExecutor _current;

    /// <returns>False on a thread that runs no executor's work.</returns>
    public static bool TryGetCurrentExecutor(out IEventExecutor executor)
    {
        executor = _current;
        return executor is not null;
    }

    /// <summary>True on the thread that runs <paramref name="executor"/>'s work: a look at one field, where the executor itself is asked by an interface.</summary>
    internal static bool IsCurrent(IEventExecutor executor) => ReferenceEquals(_current, executor);

    internal static void SetCurrentExecutor(IEventExecutor executor) => _current = executor;
}
