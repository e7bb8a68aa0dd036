namespace DotNetty.Transport.Channels.Sockets;

/// <summary>The options of a listening socket, besides those of every channel.</summary>
public interface IServerSocketChannelConfiguration : IChannelConfiguration
{
    /// <summary>Connections the system may hold that were not accepted yet. Default: 1024; the system may cut it (somaxconn).</summary>
    int Backlog { get; set; }
}
