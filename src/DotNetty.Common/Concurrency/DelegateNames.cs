namespace DotNetty.Common.Concurrency;

/// <summary>What work is called where an operator reads of it.</summary>
internal static class DelegateNames
{
    /// <summary>Type and method; for what an <c>await</c> left behind, the asynchronous method it goes on with.</summary>
    public static string Of(Delegate work) =>
        work.Target?.GetType() is { IsGenericType: true, GenericTypeArguments: [.., { IsNested: true } stateMachine] }
            ? $"{Owner(stateMachine)}.{stateMachine.Name}"
            : $"{Owner(work.Method.DeclaringType)}.{work.Method.Name}";

    // A lambda's own class, and a state machine, mean nothing to a reader; the class they were written in does.
    private static string? Owner(Type? type) => type is { IsNested: true, Name: ['<', ..] } ? Owner(type.DeclaringType) : type?.Name;
}
