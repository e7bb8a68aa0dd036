using System.Collections.Concurrent;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Connections;

/// <summary>The connections of one listener that are not closed to the end.</summary>
internal sealed class LiveConnections : ICloseListener
{
    private readonly ConcurrentDictionary<IChannel, bool> _channels = new();
    private TaskCompletionSource? _empty;

    public int Count => _channels.Count;

    public IReadOnlyCollection<IChannel> All => (IReadOnlyCollection<IChannel>)_channels.Keys;

    /// <summary>Keeps a connection until it is closed to the end.</summary>
    public void Add(IChannel channel)
    {
        _channels[channel] = true;
        ConnectionLease.Of(channel).Add(this);
    }

    public void OnClosed(IChannel channel)
    {
        _channels.TryRemove(channel, out _);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _empty) is { } empty && _channels.IsEmpty)
        {
            empty.TrySetResult();
        }
    }

    /// <summary>Completes when there is none; for a listener that accepts no more.</summary>
    public Task WhenEmpty()
    {
        var empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // A full fence, as in OnClosed: whoever comes second of the two sees what the other wrote.
        empty = Interlocked.CompareExchange(ref _empty, empty, null) ?? empty;
        if (_channels.IsEmpty)
        {
            empty.TrySetResult();
        }

        return empty.Task;
    }
}
