using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Connections.Traffic;

/// <summary>Clients that all send at the same time.</summary>
internal sealed class Senders : IAsyncDisposable
{
    private readonly List<Peer> _peers = [];
    private Task[] _sending = [];

    /// <summary>What each has not finished yet.</summary>
    public IEnumerable<Task> Sending => _sending;

    public static async Task<Senders> Begin(OneListener server, int count, byte[] bytes)
    {
        var senders = new Senders();
        for (int i = 0; i < count; i++)
        {
            senders._peers.Add(await server.Connect());
        }

        senders._sending = [.. senders._peers.Select(peer => peer.Send(bytes))];
        return senders;
    }

    /// <summary>All of it has left.</summary>
    public Task End() => Task.WhenAll(_sending).WaitAsync(Eventually.Guard);

    public async Task Send(byte[] bytes)
    {
        await End();
        await Task.WhenAll(_peers.Select(peer => peer.Send(bytes))).WaitAsync(Eventually.Guard);
    }

    public async ValueTask DisposeAsync()
    {
        _peers.ForEach(static peer => peer.Dispose());
        await Task.WhenAll(_sending).ContinueWith(static _ => { }, TaskScheduler.Default);
    }
}
