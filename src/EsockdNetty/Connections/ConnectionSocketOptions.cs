using System.Net.Sockets;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Connections;

/// <summary>Gives an accepted connection what its listener's options say of its socket and its channel.</summary>
internal static class ConnectionSocketOptions
{
    public static void Apply(IChannel channel, ListenerSettings settings)
    {
        IChannelConfiguration configuration = channel.Configuration;
        configuration.SetOption(ChannelOption.AllowHalfClosure, settings.AllowHalfClosure);
        configuration.WriteBufferHighWaterMark = settings.Limits.WriteHighWaterMark;
        configuration.WriteBufferLowWaterMark = settings.Limits.WriteLowWaterMark;
        try
        {
            ApplyToSocket(configuration, settings.Socket, channel.LocalAddress is UnixDomainSocketEndPoint);
        }
        catch (SocketException)
        {
            // The peer has reset it already: the first read will say so.
        }
    }

    private static void ApplyToSocket(IChannelConfiguration configuration, SocketOptions options, bool isUnix)
    {
        if (!isUnix)
        {
            configuration.SetOption(ChannelOption.TcpNodelay, options.NoDelay);
        }

        if (options.KeepAlive)
        {
            configuration.SetOption(ChannelOption.SoKeepalive, true);
        }

        if (options.ReceiveBufferSize is { } receive)
        {
            configuration.SetOption(ChannelOption.SoRcvbuf, receive);
        }

        if (options.SendBufferSize is { } send)
        {
            configuration.SetOption(ChannelOption.SoSndbuf, send);
        }
    }
}
