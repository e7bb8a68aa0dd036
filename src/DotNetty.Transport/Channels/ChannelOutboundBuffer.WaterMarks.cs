#nullable disable

namespace DotNetty.Transport.Channels;

/// <summary>How much waits, and whether that is too much.</summary>
public sealed partial class ChannelOutboundBuffer
{
    private const int OverHighWaterMark = 1;

    private long _pending;
    private long _pendingElsewhere;
    private int _unwritable;

    /// <summary>False while too much waits, or a user-defined reason says so.</summary>
    public bool IsWritable => Volatile.Read(ref _unwritable) == 0;

    /// <summary>The flushed bytes that wait.</summary>
    public long NioBufferSize
    {
        get
        {
            long bytes = 0;
            for (int i = 0; i < _flushed; i++)
            {
                bytes += At(i).Message is DotNetty.Buffers.IByteBuffer buffer ? buffer.ReadableBytes : 0;
            }

            return bytes;
        }
    }

    /// <summary>The bytes that wait, flushed or not, those on their way from other threads included.</summary>
    public long TotalPendingWriteBytes() => Volatile.Read(ref _pending) + Volatile.Read(ref _pendingElsewhere);

    /// <summary>How many more bytes may be written before the channel is not writable; 0 when it is not.</summary>
    public long BytesBeforeUnwritable() =>
        IsWritable ? Math.Max(0, _channel.Configuration.WriteBufferHighWaterMark - TotalPendingWriteBytes() + 1) : 0;

    /// <summary>How many bytes must be sent before the channel is writable; 0 when it is.</summary>
    public long BytesBeforeWritable() =>
        IsWritable ? 0 : Math.Max(0, TotalPendingWriteBytes() - _channel.Configuration.WriteBufferLowWaterMark + 1);

    /// <summary>Reason <paramref name="index"/> (1 to 31) of the application; false makes the channel not writable.</summary>
    public bool GetUserDefinedWritability(int index) => (Volatile.Read(ref _unwritable) & ReasonBit(index)) == 0;

    /// <inheritdoc cref="GetUserDefinedWritability"/>
    public void SetUserDefinedWritability(int index, bool writable)
    {
        if (writable)
        {
            Clear(ReasonBit(index));
        }
        else
        {
            Set(ReasonBit(index));
        }
    }

    /// <summary>The flushed bytes as segments, without copying: at most 1024 of them.</summary>
    public List<ArraySegment<byte>> GetSharedBufferList() => GetSharedBufferList(1024, int.MaxValue);

    /// <summary>The first flushed bytes as segments, without copying.</summary>
    public List<ArraySegment<byte>> GetSharedBufferList(int maxCount, long maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        List<ArraySegment<byte>> segments = _segments ??= [];
        segments.Clear();
        long bytes = 0;
        for (int i = 0; i < _flushed && segments.Count < maxCount && At(i).Message is DotNetty.Buffers.IByteBuffer buffer; i++)
        {
            int readable = buffer.ReadableBytes;
            if (bytes > 0 && bytes + readable > maxBytes)
            {
                break;
            }

            bytes += readable;
            AddSegments(segments, buffer);
        }

        if (segments.Count > maxCount)
        {
            // The last buffer has many parts; the rest of them goes next time.
            segments.RemoveRange(maxCount, segments.Count - maxCount);
        }

        return segments;
    }

    /// <summary>Counts bytes that another thread gave away and that have not arrived here yet. Any thread.</summary>
    internal void AddPendingElsewhere(int bytes)
    {
        Interlocked.Add(ref _pendingElsewhere, bytes);
        Judge(bytes);
    }

    /// <summary>Bytes that another thread gave away are here; they count anew when they are added.</summary>
    internal void PendingArrived(long bytes) => Interlocked.Add(ref _pendingElsewhere, -bytes);

    /// <summary>Makes the channel writable again if little enough waits.</summary>
    internal void Relieve()
    {
        if ((Volatile.Read(ref _unwritable) & OverHighWaterMark) == 0)
        {
            return;
        }

        long total = TotalPendingWriteBytes();
        if (total < _channel.Configuration.WriteBufferLowWaterMark || total == 0)
        {
            Clear(OverHighWaterMark);
        }
    }

    [ThreadStatic]
    private static List<ArraySegment<byte>> _segments;

    private static void AddSegments(List<ArraySegment<byte>> segments, DotNetty.Buffers.IByteBuffer buffer)
    {
        if (buffer.ReadableBytes == 0)
        {
            return;
        }

        buffer.AddIoBuffersTo(segments);
    }

    private static int ReasonBit(int index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, 31);
        return 1 << index;
    }

    private void AddPending(int bytes)
    {
        Volatile.Write(ref _pending, _pending + bytes);
        Judge(bytes);
    }

    private void Judge(int change)
    {
        if (change <= 0)
        {
            Relieve();
        }
        else if (TotalPendingWriteBytes() > _channel.Configuration.WriteBufferHighWaterMark)
        {
            Set(OverHighWaterMark);
        }
    }

    private void Set(int reason)
    {
        int before = Interlocked.Or(ref _unwritable, reason);
        if (before == 0)
        {
            _channel.FireWritabilityChanged();
        }
    }

    private void Clear(int reason)
    {
        int before = Interlocked.And(ref _unwritable, ~reason);
        if (before != 0 && (before & ~reason) == 0)
        {
            _channel.FireWritabilityChanged();
        }
    }
}
