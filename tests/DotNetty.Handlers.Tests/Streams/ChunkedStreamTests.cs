using DotNetty.Buffers;
using DotNetty.Handlers.Streams;
using EsockdNetty.TestSupport;

namespace DotNetty.Handlers.Tests.Streams;

public sealed class ChunkedStreamTests : LeakFreeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reads_the_stream_from_where_it_stands_to_its_end(bool seekable)
    {
        byte[] bytes = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];
        using var stream = new Trickle(bytes, seekable, most: int.MaxValue);
        stream.ReadExactly(new byte[10]);
        var input = new ChunkedStream(stream, 40);

        byte[] read = ReadAll(input, out List<int> sizes);

        Assert.Equal(bytes[10..], read);
        Assert.Equal([40, 40, 10], sizes);
        Assert.True(input.IsEndOfInput);
        Assert.Equal(seekable ? 90 : -1, input.Length);
        Assert.Equal(90, input.Progress);
        Assert.Equal(90, input.TransferredBytes);
    }

    [Fact]
    public void A_stream_that_gives_little_at_a_time_is_read_to_its_end()
    {
        byte[] bytes = [.. Enumerable.Range(0, 50).Select(i => (byte)i)];
        using var stream = new Trickle(bytes, seekable: false, most: 7);

        byte[] read = ReadAll(new ChunkedStream(stream, 40), out _);

        Assert.Equal(bytes, read);
    }

    [Fact]
    public void A_file_that_is_cut_off_meanwhile_ends_where_it_ends()
    {
        using var stream = new MemoryStream(new byte[100]);
        var input = new ChunkedStream(stream, 60);
        input.ReadChunk(UnpooledByteBufferAllocator.Default).Release();

        stream.SetLength(60);
        IByteBuffer? rest = input.ReadChunk(UnpooledByteBufferAllocator.Default);

        Assert.Null(rest);
        Assert.True(input.IsEndOfInput);
    }

    [Fact]
    public void Closing_disposes_of_the_stream_and_is_the_end()
    {
        var stream = new MemoryStream(new byte[100]);
        var input = new ChunkedStream(stream);

        input.Close();

        Assert.False(stream.CanRead);
        Assert.True(input.IsEndOfInput);
        Assert.Null(input.ReadChunk(UnpooledByteBufferAllocator.Default));
    }

    [Fact]
    public void A_stream_that_fails_leaves_no_buffer_behind()
    {
        using var stream = new MemoryStream(new byte[100]);
        var input = new ChunkedStream(stream);
        stream.Dispose();

        Assert.Throws<ObjectDisposedException>(() => input.ReadChunk(PooledByteBufferAllocator.Default));
    }

    [Fact]
    public void Wrong_arguments_are_told()
    {
        Assert.Throws<ArgumentNullException>(() => new ChunkedStream(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChunkedStream(Stream.Null, 0));
        Assert.Equal(8192, ChunkedStream.DefaultChunkSize);
    }

    private static byte[] ReadAll(ChunkedStream input, out List<int> sizes)
    {
        var read = new MemoryStream();
        sizes = [];
        while (!input.IsEndOfInput)
        {
            if (input.ReadChunk(UnpooledByteBufferAllocator.Default) is { } chunk)
            {
                sizes.Add(chunk.ReadableBytes);
                read.Write(chunk.ReadableSpan);
                chunk.Release();
            }
        }

        return read.ToArray();
    }

    private sealed class Trickle(byte[] bytes, bool seekable, int most) : MemoryStream(bytes)
    {
        public override bool CanSeek => seekable;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, most)]);
    }
}
