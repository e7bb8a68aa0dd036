namespace DotNetty.Transport.Channels.Sockets;

/// <summary>The options of a stream connection, besides those of every channel.</summary>
public interface ISocketChannelConfiguration : IChannelConfiguration
{
    /// <summary>True: the peer's FIN ends the input only, by <see cref="ChannelInputShutdownEvent"/>. False (default): it closes the channel.</summary>
    bool AllowHalfClosure { get; set; }

    int ReceiveBufferSize { get; set; }

    int SendBufferSize { get; set; }

    /// <summary>Seconds a close may linger in the system; −1: as the system does.</summary>
    int Linger { get; set; }

    bool KeepAlive { get; set; }

    bool ReuseAddress { get; set; }

    bool TcpNoDelay { get; set; }
}
