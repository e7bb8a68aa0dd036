using System.Net.Sockets;
using DotNetty.Transport.Channels;
using EsockdNetty.Opening;

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
            foreach (SocketSetting setting in settings.Sockets.Connections)
            {
                setting.TrySet(configuration);
            }
        }
        catch (SocketException)
        {
            // The peer has reset it already: the first read will say so.
        }
    }
}
