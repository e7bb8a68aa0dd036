namespace DotNetty.Transport.Channels.Sockets;

/// <inheritdoc cref="SocketOption"/>
internal abstract class SocketOption<T>(ChannelOption<T> key) : SocketOption(key)
{
    /// <exception cref="NotSupportedException">The system, or the socket's family, has no such option.</exception>
    public abstract T Get(IOptionSocket socket);

    /// <exception cref="ArgumentOutOfRangeException">The system would refuse the value, or cut it.</exception>
    /// <exception cref="NotSupportedException">The system, or the socket's family, has no such option.</exception>
    public abstract void Set(IOptionSocket socket, T value);
}
