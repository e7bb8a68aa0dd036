namespace DotNetty.Transport.Channels.Sockets;

/// <summary>A stream connection over a socket.</summary>
public interface ISocketChannel : IChannel
{
}
