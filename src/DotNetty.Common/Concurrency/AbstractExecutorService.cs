#nullable disable
namespace DotNetty.Common.Concurrency;

/// <summary>The part of an executor that turns delegates into <see cref="IRunnable"/>s.</summary>
public abstract class AbstractExecutorService : IExecutorService
{
    public abstract bool IsShutdown { get; }

    public abstract bool IsTerminated { get; }

    public abstract void Execute(IRunnable task);

    public void Execute(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Execute(DelegateRunnable.Of(action));
    }

    public void Execute(Action<object> action, object state)
    {
        ArgumentNullException.ThrowIfNull(action);
        Execute(DelegateRunnable.Of(action, state));
    }

    public void Execute(Action<object, object> action, object context, object state)
    {
        ArgumentNullException.ThrowIfNull(action);
        Execute(new DelegateRunnable(action, context, state));
    }

    public Task<T> SubmitAsync<T>(Func<T> func) => SubmitAsync(func, CancellationToken.None);

    public Task<T> SubmitAsync<T>(Func<T> func, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(func);
        return Submit(static (f, _) => ((Func<T>)f)(), func, null, cancellationToken);
    }

    public Task<T> SubmitAsync<T>(Func<object, T> func, object state) => SubmitAsync(func, state, CancellationToken.None);

    public Task<T> SubmitAsync<T>(Func<object, T> func, object state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(func);
        return Submit(static (f, s) => ((Func<object, T>)f)(s), func, state, cancellationToken);
    }

    public Task<T> SubmitAsync<T>(Func<object, object, T> func, object context, object state) => SubmitAsync(func, context, state, CancellationToken.None);

    public Task<T> SubmitAsync<T>(Func<object, object, T> func, object context, object state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(func);
        return Submit(func, context, state, cancellationToken);
    }

    private Task<T> Submit<T>(Func<object, object, T> func, object context, object state, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellation);
        }

        var work = new FuncRunnable<T>(func, context, state, cancellation);
        Execute(work);
        return work.Completion;
    }
}
