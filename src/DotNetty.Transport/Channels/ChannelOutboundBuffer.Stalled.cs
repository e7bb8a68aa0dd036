#nullable disable
using DotNetty.Buffers;
using DotNetty.Common;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>
/// What waits for a peer that does not read, from the moment the system takes no more until all is sent: it keeps no more storage than twice its
/// bytes, however small or shared the messages are.
/// </summary>
public sealed partial class ChannelOutboundBuffer
{
    private const int LargestMerged = 4 * 1024;
    private const int SmallestStorage = 64;

    // What is merged is as old as its first byte: apart by more than this, a byte would be judged by another's age.
    private static readonly long MergedWithin = PreciseTimeSpan.FromTimeSpan(TimeSpan.FromMilliseconds(100)).Ticks;

    private bool _stalled;
    private long _excess;

    /// <summary>
    /// The bytes of storage that wait: as <see cref="TotalPendingWriteBytes"/>, but what has been waiting for the peer counts with the whole blocks
    /// it keeps. On the channel's loop only.
    /// </summary>
    public long PendingStorage() => TotalPendingWriteBytes() + _excess;

    /// <summary>The system takes no more for now.</summary>
    internal void Compact()
    {
        if (_stalled)
        {
            // The others have been settled, and only the first one shrinks while it waits.
            Settle(ref At(0));
            return;
        }

        _stalled = true;
        _flushed -= Settle(0, _flushed);
    }

    /// <summary>Joins small messages that nobody waits for, and gives the others storage of their size.</summary>
    /// <returns>How many entries fewer there are.</returns>
    private int Settle(int from, int to)
    {
        int kept = from;
        for (int i = from; i < to; i++)
        {
            ref Entry entry = ref At(i);

            // The first one is being sent.
            if (kept > 1 && TryMerge(ref At(kept - 1), entry))
            {
                continue;
            }

            Settle(ref entry);
            At(kept++) = entry;
        }

        int gone = to - kept;
        if (gone > 0)
        {
            CloseGap(kept, to);
        }

        return gone;
    }

    private void CloseGap(int from, int to)
    {
        for (int i = to; i < _count; i++)
        {
            At(from++) = At(i);
        }

        for (int i = from; i < _count; i++)
        {
            At(i) = default;
        }

        _count = from;
    }

    private bool TryMerge(ref Entry last, in Entry next)
    {
        if (last.Promise is not null || next.Promise is not null || next.WrittenAt - last.WrittenAt > MergedWithin
            || last.Message is not IByteBuffer into || next.Message is not IByteBuffer message)
        {
            return false;
        }

        int readable = message.ReadableBytes;
        int total = into.ReadableBytes + readable;
        if (total > LargestMerged)
        {
            return false;
        }

        if (!last.IsOurs || into.WritableBytes < readable)
        {
            into = MoveToOurs(ref last, Math.Min(2 * total, LargestMerged));
        }

        into.WriteBytes(message, message.ReaderIndex, readable);
        ReferenceCountUtil.SafeRelease(message);
        last.Size += next.Size;
        CountStorage(ref last, into);
        return true;
    }

    private void Settle(ref Entry entry)
    {
        if (entry.Message is not IByteBuffer buffer)
        {
            return;
        }

        int readable = buffer.ReadableBytes;
        if (buffer.StorageSize > 2L * Math.Max(readable, SmallestStorage))
        {
            buffer = MoveToOurs(ref entry, Math.Max(readable, 1));
        }

        CountStorage(ref entry, buffer);
    }

    private IByteBuffer MoveToOurs(ref Entry entry, int capacity)
    {
        var buffer = (IByteBuffer)entry.Message;
        IByteBuffer ours = _channel.Allocator.Buffer(capacity).WriteBytes(buffer, buffer.ReaderIndex, buffer.ReadableBytes);
        entry.Message = ours;
        entry.IsOurs = true;
        ReferenceCountUtil.SafeRelease(buffer);
        return ours;
    }

    private void CountStorage(ref Entry entry, IByteBuffer buffer)
    {
        int excess = Math.Max(buffer.StorageSize, SmallestStorage) - entry.Size;
        _excess += excess - entry.Excess;
        entry.Excess = excess;
    }

    private void Uncount(in Entry entry)
    {
        _excess -= entry.Excess;
        AddPending(-entry.Size);
    }
}
