using System.Net;
using System.Net.Sockets;

namespace EsockdNetty.Tests.Control;

/// <summary>
/// Clients that come and go, one after the other: each may be turned away, reset or kept waiting, but what comes back to one must be what it sent.
/// </summary>
internal sealed class Passers : IAsyncDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly Task _passing;
    private int _served;

    public Passers(Listener listener, int atOnce) =>
        _passing = Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(() => Pass(listener.Address.EndPoint))));

    /// <summary>How many of them were echoed to.</summary>
    public int Served => Volatile.Read(ref _served);

    /// <summary>The last of them leaves; throws what one was told wrong.</summary>
    public async Task End()
    {
        await _over.CancelAsync();
        await _passing;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _passing.ContinueWith(static _ => { }, TaskScheduler.Default);
        _over.Dispose();
    }

    private async Task Pass(EndPoint server)
    {
        while (!_over.IsCancellationRequested)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(server, _over.Token);
                await Echo(socket);
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException)
            {
                // Nobody listens, or not to this one, or it is over.
                await Task.Yield();
            }
        }
    }

    private async Task Echo(Socket socket)
    {
        byte[] sent = [(byte)Served];
        byte[] back = new byte[1];
        await socket.SendAsync(sent, _over.Token);
        if (await socket.ReceiveAsync(back, _over.Token) == 1)
        {
            Assert.Equal(sent, back);
            Interlocked.Increment(ref _served);
        }
    }
}
