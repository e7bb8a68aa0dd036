#nullable disable
namespace DotNetty.Buffers;

/// <summary>Pinned memory for one buffer: above the largest block, and where the shared pool is full. It loses its pages when the buffer is released.</summary>
internal sealed class OwnMemory : IBlockOwner
{
    internal static readonly OwnMemory Instance = new();

    private long _held;
    private long _taken;
    private long _put;

    internal long Held => Interlocked.Read(ref _held);

    internal long Taken => Interlocked.Read(ref _taken);

    internal long Returned => Interlocked.Read(ref _put);

    internal PooledByteBuffer Take(int bytes)
    {
        var buffer = new PooledByteBuffer();
        buffer.SetOwnMemory(this, GC.AllocateUninitializedArray<byte>(bytes, pinned: true));
        Interlocked.Add(ref _held, bytes);
        Interlocked.Increment(ref _taken);
        return buffer;
    }

    public void Return(PooledByteBuffer buffer)
    {
        PageMemory.Decommit(buffer.Memory, 0, buffer.BlockSize);
        Interlocked.Add(ref _held, -buffer.BlockSize);
        Interlocked.Increment(ref _put);
    }
}
