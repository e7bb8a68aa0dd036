using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Epoll.Interop;

namespace DotNetty.Transport.Epoll;

/// <summary>Which option of a channel is which option of its socket.</summary>
internal static class EpollSocketOptions
{
    private static readonly Dictionary<ChannelOption, (int Level, int Name)> Known = new()
    {
        [ChannelOption.SoKeepalive] = (Constants.LevelSocket, Constants.KeepAlive),
        [ChannelOption.SoReuseaddr] = (Constants.LevelSocket, Constants.ReuseAddress),
        [ChannelOption.SoReuseport] = (Constants.LevelSocket, Constants.ReusePort),
        [ChannelOption.SoRcvbuf] = (Constants.LevelSocket, Constants.ReceiveBuffer),
        [ChannelOption.SoSndbuf] = (Constants.LevelSocket, Constants.SendBuffer),
        [ChannelOption.TcpNodelay] = (Constants.LevelTcp, Constants.NoDelay),
    };

    /// <summary>Reads an option whose value is a number or a switch.</summary>
    /// <returns>False when it is none of those.</returns>
    public static bool TryGet<T>(int descriptor, ChannelOption<T> option, out T value)
    {
        if (!Known.TryGetValue(option, out (int Level, int Name) known))
        {
            value = default!;
            return false;
        }

        int number = Get(descriptor, known.Level, known.Name);
        value = typeof(T) == typeof(bool) ? (T)(object)(number != 0) : (T)(object)number;
        return true;
    }

    /// <summary>Sets an option whose value is a number or a switch.</summary>
    /// <returns>False when it is none of those.</returns>
    public static bool TrySet<T>(int descriptor, ChannelOption<T> option, T value)
    {
        if (!Known.TryGetValue(option, out (int Level, int Name) known))
        {
            return false;
        }

        SocketCalls.SetOption(descriptor, known.Level, known.Name, value is bool on ? (on ? 1 : 0) : (int)(object)value!);
        return true;
    }

    public static int Get(int descriptor, int level, int name) => SocketCalls.GetOption(descriptor, level, name);
}
