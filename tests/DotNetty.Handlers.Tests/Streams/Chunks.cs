using DotNetty.Buffers;
using DotNetty.Handlers.Streams;

namespace DotNetty.Handlers.Tests.Streams;

/// <summary>An input of so many bytes that does what a test says at some of them.</summary>
internal sealed class Chunks(int length, int chunk) : IChunkedInput<IByteBuffer>
{
    public byte[] Bytes { get; } = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31))];

    public int Closes { get; private set; }

    public int FailsAt { get; init; } = -1;

    public int PausesAt { get; set; } = -1;

    public bool IsEndOfInput => Progress == length;

    public long Length => length;

    public long Progress { get; private set; }

    public void Close() => Closes++;

    public IByteBuffer ReadChunk(IByteBufferAllocator allocator)
    {
        if (Progress == FailsAt)
        {
            throw new TimeZoneNotFoundException();
        }

        if (Progress == PausesAt || IsEndOfInput)
        {
            return null!;
        }

        int count = (int)Math.Min(chunk, length - Progress);
        IByteBuffer piece = allocator.Buffer(count).WriteBytes(Bytes.AsSpan((int)Progress, count));
        Progress += count;
        return piece;
    }
}
