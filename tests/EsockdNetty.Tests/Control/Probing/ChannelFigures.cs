using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace EsockdNetty.Tests.Control.Probing;

/// <summary>What an accepted connection has, by the option that gives it: asked of the system where it is the system's (getsockopt).</summary>
internal static class ChannelFigures
{
    private static readonly Dictionary<string, Func<IChannelConfiguration, int?>> OfAll = new()
    {
        ["Limits:WriteHighWaterMark"] = static channel => channel.WriteBufferHighWaterMark,
        ["Limits:WriteLowWaterMark"] = static channel => channel.WriteBufferLowWaterMark,
        ["Socket:AllowHalfClosure"] = static channel => channel.GetOption(ChannelOption.AllowHalfClosure) ? 1 : 0,
        ["Socket:KeepAlive"] = Number(1, 9),
        ["Socket:Linger"] = Number(1, 13),
        ["Socket:NoDelay"] = Number(6, 1),
        ["Socket:KeepAliveIdle"] = Number(6, 4),
        ["Socket:KeepAliveInterval"] = Number(6, 5),
        ["Socket:KeepAliveCount"] = Number(6, 6),
        ["Socket:UserTimeout"] = Number(6, 18),
        ["Socket:Ttl"] = Number(0, 2),
        ["Socket:Tos"] = Number(0, 1),
        ["Socket:Raw"] = Number(ProbedSocket.Level, ProbedSocket.NotSentLowWater),
    };

    // The system changes them by itself once bytes go over the connection.
    private static readonly Dictionary<string, Func<IChannelConfiguration, int?>> OfNew = new()
    {
        ["Socket:SendBufferSize"] = Number(1, 7),
        ["Socket:ReceiveBufferSize"] = Number(1, 8),
        ["Socket:QuickAck"] = Number(6, 12),
    };

    public static Dictionary<string, int?> Of(IChannel channel, bool isNew) =>
        OfAll.Concat(isNew ? OfNew : []).ToDictionary(static figure => figure.Key, figure => figure.Value(channel.Configuration));

    public static bool Has(string path) => OfAll.ContainsKey(path) || OfNew.ContainsKey(path);

    public static Func<IChannelConfiguration, int?> Number(int level, int name) => channel =>
    {
        try
        {
            return channel.GetOption(RawSocketOption.Int(level, name));
        }
        catch (Exception fault) when (fault is SocketException or NotSupportedException)
        {
            // A unix socket has none of TCP's.
            return null;
        }
    };
}
