namespace DotNetty.Common.Concurrency;

/// <summary>A delegate and its arguments as a piece of work.</summary>
internal sealed class DelegateRunnable(Action<object?, object?> action, object? context, object? state) : IRunnable
{
    private static readonly Action<object?, object?> InvokePlain = static (action, _) => ((Action)action!)();
    private static readonly Action<object?, object?> InvokeWithState = static (action, state) => ((Action<object?>)action!)(state);

    public static DelegateRunnable Of(Action action) => new(InvokePlain, action, null);

    public static DelegateRunnable Of(Action<object?> action, object? state) => new(InvokeWithState, action, state);

    public void Run() => action(context, state);

    public override string ToString() => DelegateNames.Of(state as Delegate ?? context as Delegate ?? action);
}
