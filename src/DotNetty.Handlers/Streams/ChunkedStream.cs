#nullable disable
using DotNetty.Buffers;

namespace DotNetty.Handlers.Streams;

/// <summary>
/// Sends a stream from where it stands to its end. It is read on the event loop, so it must be one that does not block: memory, or a file
/// that the system has cached.
/// </summary>
public class ChunkedStream : IChunkedInput<IByteBuffer>
{
    /// <summary>Bytes a piece: 8192.</summary>
    public static readonly int DefaultChunkSize = 8192;

    private readonly Stream _input;
    private readonly int _chunkSize;
    private bool _ended;
    private bool _closed;

    public ChunkedStream(Stream input)
        : this(input, DefaultChunkSize)
    {
    }

    /// <summary>A piece has <paramref name="chunkSize"/> bytes at most.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkSize"/> is less than 1.</exception>
    public ChunkedStream(Stream input, int chunkSize)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        _input = input;
        _chunkSize = chunkSize;
        Length = input.CanSeek ? Math.Max(0, input.Length - input.Position) : -1;
    }

    /// <inheritdoc/>
    /// <remarks>Of a stream that cannot seek the end is known only once a read has met it.</remarks>
    public bool IsEndOfInput => _ended || _closed || (Length >= 0 && TransferredBytes >= Length);

    /// <summary>Bytes from where the stream stood to its end; −1 when the stream cannot seek.</summary>
    public long Length { get; }

    public long Progress => TransferredBytes;

    /// <summary>Bytes read so far.</summary>
    public long TransferredBytes { get; private set; }

    public IByteBuffer ReadChunk(IByteBufferAllocator allocator)
    {
        ArgumentNullException.ThrowIfNull(allocator);
        if (IsEndOfInput)
        {
            return null;
        }

        int wanted = Length < 0 ? _chunkSize : (int)Math.Min(_chunkSize, Length - TransferredBytes);
        IByteBuffer chunk = allocator.Buffer(wanted);
        try
        {
            int count = _input.Read(chunk.GetWritableSpan(wanted)[..wanted]);
            chunk.AdvanceWriter(count);
            TransferredBytes += count;
            _ended = count == 0;
        }
        catch
        {
            chunk.Release();
            throw;
        }

        if (_ended)
        {
            chunk.Release();
            return null;
        }

        return chunk;
    }

    public void Close()
    {
        _closed = true;
        _input.Dispose();
    }
}
