namespace DotNetty.Transport.Channels.Sockets;

/// <summary>A channel that stands on a descriptor of the operating system.</summary>
public interface IDescriptorChannel : IChannel
{
    /// <summary>The descriptor's number; −1 once it is closed, or where the system has none.</summary>
    int Descriptor { get; }
}
