namespace DotNetty.Transport.Channels.Sockets;

/// <summary>A listening socket.</summary>
public interface IServerSocketChannel : IServerChannel
{
}
