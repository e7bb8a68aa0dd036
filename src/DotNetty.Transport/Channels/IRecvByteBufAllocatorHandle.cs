#nullable disable
using DotNetty.Buffers;

namespace DotNetty.Transport.Channels;

/// <summary>One channel's account of what it received, from which the next buffer's size is guessed.</summary>
public interface IRecvByteBufAllocatorHandle
{
    int LastBytesRead { get; set; }

    int AttemptedBytesRead { get; set; }

    IByteBuffer Allocate(IByteBufferAllocator alloc);

    /// <summary>The size the next buffer would have.</summary>
    int Guess();

    /// <summary>A read begins.</summary>
    void Reset(IChannelConfiguration config);

    void IncMessagesRead(int numMessages);

    /// <returns>True while the read may go on.</returns>
    bool ContinueReading();

    void ReadComplete();
}
