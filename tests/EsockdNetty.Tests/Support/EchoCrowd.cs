using System.Buffers.Binary;

namespace EsockdNetty.Tests.Support;

/// <summary>Clients that echo at the same time, again and again, each with numbers of its own; whatever harms one of them is told at the end.</summary>
internal sealed class EchoCrowd : IAsyncDisposable
{
    private readonly List<Peer> _peers = [];
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2));
    private Task[] _echoing = [];
    private long _echoes;
    private volatile bool _over;

    public int Count => _peers.Count;

    /// <summary>How many echoes came back so far.</summary>
    public long Echoes => Volatile.Read(ref _echoes);

    /// <summary>One of them has met with something; <see cref="End"/> tells what.</summary>
    public bool IsHarmed => _echoing.Any(static echoing => echoing.IsFaulted);

    /// <summary>Lets so many join, one after the other, each served before the next.</summary>
    public async Task Join(int count, Func<Task<Peer>> connect)
    {
        for (int i = 0; i < count; i++)
        {
            Peer peer = await connect();
            _peers.Add(peer);
            Assert.True(await peer.IsServed());
        }
    }

    /// <summary>All of them echo from now on.</summary>
    public void Begin() => _echoing = [.. _peers.Select((peer, number) => Task.Run(() => Echo(peer.Stream, number)))];

    /// <summary>Each echoes once more, to the end; throws what one of them met with.</summary>
    public async Task End()
    {
        _over = true;
        await Task.WhenAll(_echoing);
    }

    public async ValueTask DisposeAsync()
    {
        _over = true;
        _peers.ForEach(static peer => peer.Dispose());
        await Task.WhenAll(_echoing).ContinueWith(static _ => { }, TaskScheduler.Default);
        _deadline.Dispose();
    }

    private async Task Echo(Stream stream, int number)
    {
        byte[] sent = new byte[16];
        byte[] back = new byte[sent.Length];
        bool last;
        long turn = 0;
        BinaryPrimitives.WriteInt32LittleEndian(sent, number);
        do
        {
            last = _over;
            BinaryPrimitives.WriteInt64LittleEndian(sent.AsSpan(8), ++turn);
            await stream.WriteAsync(sent, _deadline.Token);
            await stream.ReadExactlyAsync(back, _deadline.Token);
            Assert.Equal(sent, back);
            Interlocked.Increment(ref _echoes);
        }
        while (!last);
    }
}
