#nullable disable
using DotNetty.Buffers;
using DotNetty.Common.Utilities;
using TaskCompletionSource = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Transport.Channels;

/// <summary>
/// The messages of one channel that wait to be sent, oldest first: those that were flushed, then those that were not. Kept in a ring that an
/// idle channel does not hold. Only the channel's loop calls it.
/// </summary>
public sealed partial class ChannelOutboundBuffer
{
    private const int SmallestRing = 16;
    private const int LargestSpareRing = 1024;

    // The ring of a channel that has sent all serves the next one that sends on this thread.
    [ThreadStatic]
    private static Entry[] _spareRing;

    private readonly AbstractChannel _channel;
    private Entry[] _ring = [];
    private int _first;
    private int _count;
    private int _flushed;
    private bool _failing;

    internal ChannelOutboundBuffer(AbstractChannel channel) => _channel = channel;

    /// <summary>The oldest flushed message, or null.</summary>
    public object Current => _flushed == 0 ? null : At(0).Message;

    /// <summary>The number of flushed messages.</summary>
    public int Size => _flushed;

    /// <summary>True when no flushed message is left.</summary>
    public bool IsEmpty => _flushed == 0;

    /// <summary>When the oldest message that is still here was written, on the loop's clock.</summary>
    internal long OldestTicks => _count == 0 ? 0 : At(0).WrittenAt;

    /// <summary>Messages written but not flushed.</summary>
    internal int Unflushed => _count - _flushed;

    /// <summary>Takes a message over, at the end of those that were not flushed.</summary>
    public void AddMessage(object msg, int size, TaskCompletionSource promise)
    {
        if (_count == _ring.Length)
        {
            Grow();
        }

        // A free place is empty: only what is something is written.
        ref Entry entry = ref At(_count++);
        entry.Message = msg;
        entry.Size = size;
        entry.WrittenAt = _channel.NowTicks;
        if (promise is not null)
        {
            entry.Promise = promise;
        }

        AddPending(size);
    }

    /// <summary>Everything written so far may be sent.</summary>
    public void AddFlush()
    {
        if (_stalled)
        {
            Settle(_flushed, _count);
        }

        _flushed = _count;
    }

    /// <summary>Bytes of <see cref="Current"/> were sent; its promise learns of it when it is removed.</summary>
    public void Progress(long amount)
    {
        if (_flushed > 0)
        {
            At(0).Progress += amount;
        }
    }

    /// <summary>The oldest flushed message was sent: releases it and completes its promise.</summary>
    /// <returns>False when there is none.</returns>
    public bool Remove()
    {
        if (_flushed == 0)
        {
            return false;
        }

        Entry entry = Take();
        ReferenceCountUtil.SafeRelease(entry.Message);
        entry.Promise?.TryComplete();
        Uncount(entry);
        return true;
    }

    /// <summary>The oldest flushed message cannot be sent: releases it and fails its promise.</summary>
    /// <returns>False when there is none.</returns>
    public bool Remove(Exception cause)
    {
        if (_flushed == 0)
        {
            return false;
        }

        Fail(Take(), cause);
        return true;
    }

    /// <summary>So many bytes were sent from the front: removes what went out whole and advances what did not.</summary>
    public void RemoveBytes(long writtenBytes)
    {
        while (_flushed > 0 && At(0).Message is IByteBuffer buffer)
        {
            int readable = buffer.ReadableBytes;
            if (readable > writtenBytes)
            {
                buffer.SkipBytes((int)writtenBytes);
                return;
            }

            writtenBytes -= readable;
            Remove();
        }
    }

    /// <summary>Calls <paramref name="processor"/> with the flushed messages, oldest first, until it says no.</summary>
    public void ForEachFlushedMessage(IMessageProcessor processor)
    {
        ArgumentNullException.ThrowIfNull(processor);
        for (int i = 0; i < _flushed && processor.ProcessMessage(At(i).Message); i++)
        {
        }
    }

    /// <summary>Fails every flushed message.</summary>
    public void FailFlushed(Exception cause, bool notify)
    {
        // A promise's continuation may come back here.
        if (_failing)
        {
            return;
        }

        _failing = true;
        while (Remove(cause))
        {
        }

        _failing = false;
    }

    /// <summary>Fails what was written but never flushed: it is never sent.</summary>
    internal void FailUnflushed(Exception cause)
    {
        if (Unflushed == 0)
        {
            return;
        }

        // Taken out before the first one fails: a promise's continuation may come back here.
        var entries = new Entry[Unflushed];
        for (int i = 0; i < entries.Length; i++)
        {
            ref Entry entry = ref At(_flushed + i);
            entries[i] = entry;
            entry = default;
        }

        _count = _flushed;
        foreach (Entry entry in entries)
        {
            Fail(entry, cause);
        }
    }

    /// <summary>True when nobody would learn from a promise that the oldest flushed message cannot be sent.</summary>
    internal bool CurrentHasNoPromise => _flushed > 0 && At(0).Promise is null;

    /// <summary>The bytes of <see cref="Current"/> that <see cref="Progress"/> was told of.</summary>
    internal long CurrentProgress => _flushed == 0 ? 0 : At(0).Progress;

    /// <summary>The flushed message after <paramref name="index"/> others.</summary>
    internal object FlushedMessage(int index) => At(index).Message;

    private ref Entry At(int index) => ref _ring[(_first + index) & (_ring.Length - 1)];

    private Entry Take()
    {
        ref Entry first = ref At(0);
        Entry entry = first;
        first = default;
        _first = (_first + 1) & (_ring.Length - 1);
        _count--;
        _flushed--;
        if (_count == 0)
        {
            _stalled = false;
            GiveRingBack();
        }

        return entry;
    }

    private void GiveRingBack()
    {
        if (_ring.Length <= LargestSpareRing && (_spareRing is null || _spareRing.Length < _ring.Length))
        {
            _spareRing = _ring;
        }

        _ring = [];
        _first = 0;
    }

    private void Fail(in Entry entry, Exception cause)
    {
        ReferenceCountUtil.SafeRelease(entry.Message);
        Uncount(entry);
        if (entry.Promise is not null)
        {
            entry.Promise.TrySetException(cause);
        }
    }

    private void Grow()
    {
        Entry[] larger = TakeSpareRing() ?? new Entry[Math.Max(SmallestRing, _ring.Length * 2)];
        for (int i = 0; i < _count; i++)
        {
            larger[i] = At(i);
        }

        _ring = larger;
        _first = 0;
    }

    private Entry[] TakeSpareRing()
    {
        Entry[] spare = _spareRing;
        if (spare is null || spare.Length <= _ring.Length)
        {
            return null;
        }

        _spareRing = null;
        return spare;
    }

    private struct Entry
    {
        public object Message;
        public TaskCompletionSource Promise;
        public long WrittenAt;
        public long Progress;
        public int Size;
        public int Excess;
        public bool IsOurs;
    }

    /// <summary>Visits messages.</summary>
    public interface IMessageProcessor
    {
        /// <returns>True to go on.</returns>
        bool ProcessMessage(object msg);
    }
}
