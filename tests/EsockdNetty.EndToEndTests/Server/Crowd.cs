using System.Net;

namespace EsockdNetty.EndToEndTests.Server;

/// <summary>Clients that all want to be served, and come again when they are turned away.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _over = new();
    private readonly Task _clients;
    private int _served;

    public Crowd(IPEndPoint server, int size) =>
        _clients = Task.WhenAll(Enumerable.Range(0, size).Select(_ => Task.Run(() => ComeAgainAsync(server))));

    /// <summary>How many hold a connection that echoed.</summary>
    public int Served => Volatile.Read(ref _served);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _clients;
        _over.Dispose();
    }

    private async Task ComeAgainAsync(IPEndPoint server)
    {
        while (!_over.IsCancellationRequested)
        {
            try
            {
                await ComeAsync(server);
                await Task.Delay(Pause, _over.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or System.Net.Sockets.SocketException)
            {
                // Turned away, or waited too long: come again.
            }
        }
    }

    private async Task ComeAsync(IPEndPoint server)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
        patience.CancelAfter(Patience);
        using EchoClient client = await EchoClient.ConnectedAsync(server, patience.Token);
        if (!await client.EchoesAsync(patience.Token))
            return;

        Interlocked.Increment(ref _served);
        await client.EndsAsync(_over.Token);
        Interlocked.Decrement(ref _served);
    }
}
