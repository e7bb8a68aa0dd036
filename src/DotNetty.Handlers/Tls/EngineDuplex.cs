using System.Buffers;
using System.Threading.Tasks.Sources;

namespace DotNetty.Handlers.Tls;

/// <summary>
/// The stream under the SslStream: reads what was fed, writes into the ciphertext writer. Writes complete at once; a read with nothing to give
/// stays pending and its continuation runs inside the next <see cref="Feed"/>, on the thread that feeds.
/// </summary>
internal sealed class EngineDuplex(IBufferWriter<byte> ciphertext) : Stream, IValueTaskSource<int>
{
    private const int NoThread = 0;

    private static long _callsOffThread;

    // Continuations run inline: the pump is the only place that completes a read.
    private ManualResetValueTaskSourceCore<int> _source;
    private Memory<byte> _destination;
    private ReadOnlyMemory<byte> _input;
    private Exception? _failure;
    private int _pumpThread;
    private bool _pending;

    /// <summary>Calls by any thread that was not pumping, in this process. Anything but 0 is a bug.</summary>
    public static long CallsOffThread => Interlocked.Read(ref _callsOffThread);

    /// <summary>Sees what is written until it knows enough.</summary>
    public ResumptionProbe? Probe { get; set; }

    public bool IsEnded { get; private set; }

    public bool IsPumping => _pumpThread != NoThread;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The calling thread owns the stream until <see cref="Leave"/>.</summary>
    public void Enter()
    {
        if (IsPumping)
        {
            throw new InvalidOperationException("The TLS engine was entered again from inside its own pump.");
        }

        _pumpThread = Environment.CurrentManagedThreadId;
    }

    public void Leave() => _pumpThread = NoThread;

    /// <summary>Sets the bytes to read next; they are the caller's, and dropped before the pump leaves.</summary>
    public void Offer(ReadOnlyMemory<byte> bytes) => _input = bytes;

    /// <summary>Lets the pending read go on with the bytes offered.</summary>
    public void Feed()
    {
        if (!_input.IsEmpty)
        {
            CompletePending();
        }
    }

    public void DropInput() => _input = default;

    public void End()
    {
        IsEnded = true;
        CompletePending();
    }

    /// <summary>Fails the pending read and every later one.</summary>
    public void Fail(Exception cause)
    {
        _failure ??= cause;
        if (!_pending)
        {
            return;
        }

        _pending = false;
        _destination = default;
        _source.SetException(_failure);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        CheckThread();
        if (_failure != null)
        {
            return ValueTask.FromException<int>(_failure);
        }

        if (!_input.IsEmpty || IsEnded)
        {
            return new ValueTask<int>(Take(buffer.Span));
        }

        if (_pending)
        {
            throw new InvalidOperationException("A read is outstanding already.");
        }

        _source.Reset();
        _destination = buffer;
        _pending = true;
        return new ValueTask<int>(this, _source.Version);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Put(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Put(buffer.AsSpan(offset, count));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A synchronous read would block the event loop.");

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    int IValueTaskSource<int>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private void CompletePending()
    {
        if (!_pending)
        {
            return;
        }

        _pending = false;
        int count = Take(_destination.Span);
        _destination = default;
        _source.SetResult(count);
    }

    // An empty destination takes nothing: that read only asks whether something is there.
    private int Take(Span<byte> destination)
    {
        int count = Math.Min(destination.Length, _input.Length);
        _input.Span[..count].CopyTo(destination);
        _input = _input[count..];
        return count;
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        CheckThread();
        Probe?.Feed(bytes);
        ciphertext.Write(bytes);
    }

    private void CheckThread()
    {
        if (_pumpThread == Environment.CurrentManagedThreadId)
        {
            return;
        }

        Interlocked.Increment(ref _callsOffThread);
        throw new InvalidOperationException("SslStream used its inner stream outside the engine's pump.");
    }
}
