namespace DotNetty.Common.Concurrency;

/// <summary>A function whose result, fault or cancellation a task reports.</summary>
internal sealed class FuncRunnable<T>(Func<object?, object?, T> func, object? context, object? state, CancellationToken cancellation) : IRunnable
{
    private readonly TaskCompletionSource<T> _completion = new();

    public Task<T> Completion => _completion.Task;

    public void Run()
    {
        if (cancellation.IsCancellationRequested)
        {
            _completion.TrySetCanceled(cancellation);
            return;
        }

        try
        {
            _completion.TrySetResult(func(context, state));
        }
        catch (OperationCanceledException cancelled) when (cancellation.IsCancellationRequested && cancelled.CancellationToken == cancellation)
        {
            _completion.TrySetCanceled(cancellation);
        }
        catch (Exception fault)
        {
            _completion.TrySetException(fault);
        }
    }
}
