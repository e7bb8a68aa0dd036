using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels;

/// <summary>Process-wide counters are read here, so nothing may run beside it.</summary>
[Collection(LeakCheckedCollection.Name)]
public sealed class IdleLoopTests
{
    [Fact]
    public async Task An_idle_loop_hands_the_storage_of_a_burst_back()
    {
        const int Burst = 24;
        var loop = new SingleThreadEventLoop();
        long before = BufferMemory.Reserved;

        long during = await loop.SubmitAsync(() =>
        {
            IByteBuffer[] buffers = [.. Enumerable.Range(0, Burst).Select(_ => PooledByteBufferAllocator.Default.Buffer(1024 * 1024))];
            long reserved = BufferMemory.Reserved;
            Array.ForEach(buffers, static buffer => buffer.Release());
            return reserved;
        });
        bool handedBack = SpinWait.SpinUntil(() => BufferMemory.Reserved <= before + (4 * 1024 * 1024), TimeSpan.FromSeconds(30));

        Assert.True(during - before >= Burst * 1024 * 1024, $"the burst took {during - before} bytes");
        Assert.True(handedBack, $"{BufferMemory.Reserved - before} bytes are still reserved");
        await loop.ShutdownGracefullyAsync(TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
