#nullable disable
namespace DotNetty.Common.Concurrency;

/// <summary>Runs work given to it, in the order given, never inside the call that gives it.</summary>
/// <exception cref="RejectedExecutionException">The executor has ended and runs nothing any more.</exception>
public interface IExecutor
{
    void Execute(IRunnable task);

    void Execute(Action<object> action, object state);

    void Execute(Action action);

    void Execute(Action<object, object> action, object context, object state);
}
