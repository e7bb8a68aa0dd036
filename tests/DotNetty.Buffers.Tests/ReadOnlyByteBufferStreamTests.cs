namespace DotNetty.Buffers.Tests;

public sealed class ReadOnlyByteBufferStreamTests
{
    private static readonly byte[] Seven = [1, 2, 3, 4, 5, 6, 7];

    [Theory]
    [InlineData(BufferKind.UnpooledHeap)]
    [InlineData(BufferKind.CompositeOfMany)]
    public void It_reads_the_buffer_to_its_end(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, Seven).SkipBytes(1);
        using var stream = new ReadOnlyByteBufferStream(buffer, true);
        using var copy = new MemoryStream();

        stream.CopyTo(copy);

        Assert.Equal(Seven[1..], copy.ToArray());
        Assert.Equal(0, stream.Read(new byte[4], 0, 4));
        Assert.Equal(7, stream.Position);
    }

    [Fact]
    public void It_seeks_within_the_buffer()
    {
        using var stream = new ReadOnlyByteBufferStream(Unpooled.WrappedBuffer(Seven), true);

        Assert.Equal(2, stream.Seek(2, SeekOrigin.Begin));
        Assert.Equal(4, stream.Seek(2, SeekOrigin.Current));
        Assert.Equal(6, stream.Seek(-1, SeekOrigin.End));
        Assert.Equal(7, stream.ReadByte());
        Assert.Throws<IOException>(() => stream.Seek(1, SeekOrigin.Current));
        Assert.Throws<IOException>(() => stream.Position = -1);
        Assert.Equal(7, stream.Length);
    }

    [Fact]
    public void It_never_writes()
    {
        using var stream = new ReadOnlyByteBufferStream(Unpooled.Buffer(4), true);

        Assert.True(stream.CanRead && stream.CanSeek && !stream.CanWrite);
        Assert.Throws<NotSupportedException>(() => stream.Write(Seven, 0, 1));
        Assert.Throws<NotSupportedException>(() => stream.SetLength(1));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void It_releases_the_buffer_once_if_it_was_told_to(bool releases, int left)
    {
        var buffer = Unpooled.WrappedBuffer(Seven);
        var stream = new ReadOnlyByteBufferStream(buffer, releases);

        stream.Dispose();
        stream.Dispose();

        Assert.Equal(left, buffer.ReferenceCount);
    }
}
