#nullable disable
namespace DotNetty.Transport.Channels;

/// <summary>Decides how large the buffers are that a channel receives into.</summary>
public interface IRecvByteBufAllocator
{
    IRecvByteBufAllocatorHandle NewHandle();
}
