namespace EsockdNetty.Tests.Support;

internal static class TokenExtensions
{
    /// <summary>Completes when the token is cancelled.</summary>
    public static async Task Cancelled(this CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (token.Register(() => cancelled.TrySetResult()))
        {
            await cancelled.Task;
        }
    }
}
