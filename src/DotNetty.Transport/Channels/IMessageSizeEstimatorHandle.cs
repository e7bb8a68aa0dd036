#nullable disable
namespace DotNetty.Transport.Channels;

public interface IMessageSizeEstimatorHandle
{
    /// <summary>The bytes <paramref name="msg"/> keeps while it waits to be sent.</summary>
    int Size(object msg);
}
