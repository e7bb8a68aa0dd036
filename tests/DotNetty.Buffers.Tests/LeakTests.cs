using DotNetty.Common;
using EsockdNetty.TestSupport;

namespace DotNetty.Buffers.Tests;

public sealed class LeakTests : LeakFreeTests
{
    [Theory]
    [InlineData(BufferKind.Pooled)]
    [InlineData(BufferKind.PooledLarge)]
    [InlineData(BufferKind.UnpooledHeap)]
    [InlineData(BufferKind.UnpooledDirect)]
    [InlineData(BufferKind.CompositeOfMany)]
    [InlineData(BufferKind.RetainedDuplicate)]
    public void Every_buffer_is_followed_until_it_is_released(BufferKind kind)
    {
        var start = ResourceLeakDetector.Mark();
        var buffer = kind == BufferKind.CompositeOfMany ? UnpooledByteBufferAllocator.Default.CompositeBuffer() : BufferKinds.New(kind, 16);

        var open = ResourceLeakDetector.DescribeOpenTrackers(start).Count;
        buffer.Touch("here");
        buffer.Release();

        Assert.Equal(1, open);
        Assert.Empty(ResourceLeakDetector.DescribeOpenTrackers(start));
    }
}
