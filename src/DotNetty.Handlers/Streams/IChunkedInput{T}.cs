#nullable disable
using DotNetty.Buffers;

namespace DotNetty.Handlers.Streams;

/// <summary>
/// Something too large to be sent at once, produced in pieces of type <typeparamref name="T"/> as the peer takes them. Written as one message
/// through a <see cref="ChunkedWriteHandler{T}"/>, which closes it once when it is through, well or not.
/// </summary>
public interface IChunkedInput<out T>
{
    /// <summary>True when no piece is left.</summary>
    bool IsEndOfInput { get; }

    /// <summary>How much there is in all; less than 0 when that is not known.</summary>
    long Length { get; }

    /// <summary>How much has been read so far.</summary>
    long Progress { get; }

    /// <summary>Gives back what the input holds.</summary>
    void Close();

    /// <summary>
    /// The next piece, which belongs to the caller; null when there is none now, or none any more. Runs on the event loop: it must not block.
    /// Who answers null before the end calls <see cref="ChunkedWriteHandler{T}.ResumeTransfer"/> when there is one.
    /// </summary>
    T ReadChunk(IByteBufferAllocator allocator);
}
