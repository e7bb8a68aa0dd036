namespace DotNetty.Buffers.Tests;

/// <summary>An arena for the thread of a synchronous test.</summary>
internal sealed class AttachedArena : IDisposable
{
    internal BufferArena Arena { get; } = PooledByteBufferAllocator.AttachToCurrentThread();

    public void Dispose() => Arena.Dispose();
}
