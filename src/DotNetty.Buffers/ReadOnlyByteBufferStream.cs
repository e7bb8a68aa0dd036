#nullable disable
namespace DotNetty.Buffers;

/// <summary>Reads a buffer as a stream. The position is the buffer's reader index; the length its writer index.</summary>
public sealed class ReadOnlyByteBufferStream : Stream
{
    private readonly IByteBuffer _buffer;
    private bool _releasesBuffer;

    /// <summary>With <paramref name="releaseReferenceOnClosure"/> the stream takes one reference over and releases it when it is disposed.</summary>
    public ReadOnlyByteBufferStream(IByteBuffer buffer, bool releaseReferenceOnClosure)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        _buffer = buffer;
        _releasesBuffer = releaseReferenceOnClosure;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _buffer.WriterIndex;

    public override long Position
    {
        get => _buffer.ReaderIndex;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override int Read(byte[] output, int offset, int count)
    {
        ValidateBufferArguments(output, offset, count);
        return Read(output.AsSpan(offset, count));
    }

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _buffer.ReadableBytes);
        _buffer.GetBytes(_buffer.ReaderIndex, buffer[..count]);
        _buffer.SkipBytes(count);
        return count;
    }

    /// <exception cref="IOException">The position would be negative or behind the end.</exception>
    public override long Seek(long offset, SeekOrigin origin)
    {
        var from = origin switch
        {
            SeekOrigin.Begin => 0L,
            SeekOrigin.Current => Position,
            SeekOrigin.End => Length,
            _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "Not an origin."),
        };
        var target = from + offset;
        if (target < 0 || target > Length)
            throw new IOException($"Position {target} is not within the {Length} bytes of the buffer.");
        _buffer.SetReaderIndex((int)target);
        return target;
    }

    public override void Flush()
    {
        // Nothing is ever written.
    }

    public override void SetLength(long value) => throw new NotSupportedException("The stream only reads.");

    public override void Write(byte[] input, int offset, int count) => throw new NotSupportedException("The stream only reads.");

    protected override void Dispose(bool disposing)
    {
        if (disposing && _releasesBuffer)
        {
            _releasesBuffer = false;
            _buffer.Release();
        }

        base.Dispose(disposing);
    }
}
