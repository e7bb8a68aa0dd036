namespace EsockdNetty.Control;

/// <summary>Lets those who bind or close a listener's socket do it one after the other, in the order they came.</summary>
internal sealed class SocketTurns
{
    private Task _last = Task.CompletedTask;

    /// <summary>Waits for all who came before; the turn ends when what is returned is disposed.</summary>
    public async Task<IDisposable> Take()
    {
        var turn = new Turn();
        await Interlocked.Exchange(ref _last, turn.Ended).ConfigureAwait(false);
        return turn;
    }

    private sealed class Turn : IDisposable
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _ended.Task;

        public void Dispose() => _ended.TrySetResult();
    }
}
