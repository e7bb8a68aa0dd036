using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using Promise = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Handlers.Tls;

/// <summary>Messages written and not encrypted yet, oldest first: those that were flushed, then those that were not. Its bytes count as the channel's pending ones.</summary>
internal sealed class PlaintextQueue(IChannel channel)
{
    private const int KeptCapacity = 8;

    private readonly Queue<Entry> _entries = new();

    /// <summary>Messages that may be encrypted now.</summary>
    public int Flushed { get; private set; }

    /// <summary>Bytes of those.</summary>
    public long FlushedBytes { get; private set; }

    private long Bytes { get; set; }

    public void Add(IByteBuffer message, Promise? promise)
    {
        int size = message.ReadableBytes;
        _entries.Enqueue(new Entry(message, promise, size));
        Bytes += size;
        ChannelSeam.AddPending(channel, size);
    }

    public void MarkFlushed()
    {
        Flushed = _entries.Count;
        FlushedBytes = Bytes;
    }

    /// <summary>Takes the oldest flushed message out. Its bytes stay counted until <see cref="Settle"/>, when the ciphertext is.</summary>
    public Entry Take()
    {
        Entry entry = _entries.Dequeue();
        Flushed--;
        FlushedBytes -= entry.Size;
        Bytes -= entry.Size;
        if (_entries.Count == 0 && _entries.Capacity > KeptCapacity)
        {
            _entries.TrimExcess(KeptCapacity);
        }

        return entry;
    }

    public void Settle(int bytes) => ChannelSeam.AddPending(channel, -bytes);

    /// <summary>Fails what was never flushed; it is never sent.</summary>
    public void FailUnflushed(Exception cause)
    {
        int count = _entries.Count;
        int flushed = Flushed;
        for (int i = 0; i < count; i++)
        {
            Entry entry = _entries.Dequeue();
            if (i < flushed)
            {
                _entries.Enqueue(entry);
            }
            else
            {
                Fail(entry, cause);
            }
        }
    }

    public void FailAll(Exception cause)
    {
        Flushed = 0;
        FlushedBytes = 0;
        while (_entries.TryDequeue(out Entry entry))
        {
            Fail(entry, cause);
        }
    }

    private void Fail(Entry entry, Exception cause)
    {
        Bytes -= entry.Size;
        ChannelSeam.AddPending(channel, -entry.Size);
        entry.Message.Release();
        entry.Promise?.TrySetException(cause);
    }

    internal readonly record struct Entry(IByteBuffer Message, Promise? Promise, int Size);
}
