#nullable disable
using DotNetty.Buffers;

namespace DotNetty.Transport.Channels;

/// <summary>
/// What a loop lends to the channel that is being served: one buffer to receive into and one to gather small writes in. Channels that wait
/// hold neither.
/// </summary>
internal sealed class LoopBuffers
{
    public const int ReceiveSize = 64 * 1024;
    public const int StagingSize = 32 * 1024;

    private IByteBuffer _receive;
    private byte[] _staging;

    /// <summary>Small flushed messages are copied here to leave in one send.</summary>
    public byte[] Staging => _staging ??= GC.AllocateUninitializedArray<byte>(StagingSize, pinned: true);

    /// <summary>The buffer the next receive goes into, empty.</summary>
    public IByteBuffer Receive => (_receive ??= PooledByteBufferAllocator.Default.Buffer(ReceiveSize, ReceiveSize)).Clear();

    /// <summary>Hands the receive buffer on with what is in it; the loop takes a new one for its next receive.</summary>
    public IByteBuffer HandOn()
    {
        IByteBuffer full = _receive;
        _receive = null;
        return full;
    }

    public void Release()
    {
        _receive?.Release();
        _receive = null;
        _staging = null;
    }
}
