#nullable disable
namespace DotNetty.Transport.Channels;

/// <summary>Makes the objects that tell how many bytes a message will be on the wire.</summary>
public interface IMessageSizeEstimator
{
    IMessageSizeEstimatorHandle NewHandle();
}
