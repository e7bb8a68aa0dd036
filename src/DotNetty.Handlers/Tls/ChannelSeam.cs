using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Handlers.Tls;

/// <summary>What TLS has to share with the transport beyond the pipeline's events.</summary>
internal static class ChannelSeam
{
    /// <summary>Lets bytes that wait in a handler count for the channel's water marks and its pending limit.</summary>
    public static void AddPending(IChannel channel, int bytes)
    {
        if (bytes != 0 && channel is AbstractChannel counted)
        {
            counted.AddPendingElsewhere(bytes);
        }
    }

    /// <summary>The peer's FIN has been read: nothing will come any more, not even a close_notify.</summary>
    public static bool IsInputEnded(IChannel channel) => channel is AbstractSocketByteChannel { IsInputShutdown: true };
}
