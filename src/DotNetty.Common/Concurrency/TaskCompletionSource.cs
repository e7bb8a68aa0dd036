#nullable disable
namespace DotNetty.Common.Concurrency;

/// <summary>The promise behind the <see cref="Task"/> that an operation returns.</summary>
public sealed class TaskCompletionSource : TaskCompletionSource<int>
{
    /// <summary>A promise nobody waits for; it is complete from the start.</summary>
    public static readonly TaskCompletionSource Void = CreateVoid();

    public TaskCompletionSource()
    {
    }

    public TaskCompletionSource(object state)
        : base(state)
    {
    }

    public bool TryComplete() => TrySetResult(0);

    public void Complete() => SetResult(0);

    /// <summary>Says that the operation can no longer be taken back. Operations here never can, so this only tells whether it is still open.</summary>
    public bool SetUncancellable() => !Task.IsCompleted;

    public override string ToString() => $"TaskCompletionSource[status: {Task.Status}]";

    private static TaskCompletionSource CreateVoid()
    {
        var promise = new TaskCompletionSource();
        promise.TryComplete();
        return promise;
    }
}
