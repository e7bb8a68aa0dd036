using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace EsockdNetty.Connections;

/// <summary>Whether the peer has said that it sends nothing more, by FIN or by TLS close_notify: a close that comes after is the peer's.</summary>
internal static class PeerEnd
{
    public static bool WasRead(IChannel channel) =>
        channel is AbstractSocketByteChannel { IsInputShutdown: true } || channel.Pipeline.Get<TlsHandler>() is { IsCloseNotifyReceived: true };
}
