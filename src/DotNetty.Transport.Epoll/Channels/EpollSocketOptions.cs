using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Epoll.Interop;

namespace DotNetty.Transport.Epoll;

/// <summary>Which option of a channel is which option of its socket.</summary>
internal static class EpollSocketOptions
{
    /// <summary>Those of a listening socket.</summary>
    public static readonly IReadOnlyDictionary<ChannelOption, (int Level, int Name)> Listening = new Dictionary<ChannelOption, (int Level, int Name)>
    {
        [ChannelOption.SoReuseaddr] = (Constants.LevelSocket, Constants.ReuseAddress),
        [ChannelOption.SoReuseport] = (Constants.LevelSocket, Constants.ReusePort),
        [ChannelOption.SoRcvbuf] = (Constants.LevelSocket, Constants.ReceiveBuffer),
    };

    /// <summary>Those of a stream.</summary>
    public static readonly IReadOnlyDictionary<ChannelOption, (int Level, int Name)> Stream = new Dictionary<ChannelOption, (int Level, int Name)>
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
    public static bool TryGet<T>(IReadOnlyDictionary<ChannelOption, (int Level, int Name)> options, int descriptor, ChannelOption<T> option, out T value)
    {
        if (!options.TryGetValue(option, out (int Level, int Name) known))
        {
            value = default!;
            return false;
        }

        int number = SocketCalls.GetOption(descriptor, known.Level, known.Name);
        value = typeof(T) == typeof(bool) ? (T)(object)(number != 0) : (T)(object)number;
        return true;
    }

    /// <summary>Sets an option whose value is a number or a switch.</summary>
    /// <returns>False when it is none of those.</returns>
    public static bool TrySet<T>(IReadOnlyDictionary<ChannelOption, (int Level, int Name)> options, int descriptor, ChannelOption<T> option, T value)
    {
        if (!options.TryGetValue(option, out (int Level, int Name) known))
        {
            return false;
        }

        SocketCalls.SetOption(descriptor, known.Level, known.Name, value is bool on ? (on ? 1 : 0) : (int)(object)value!);
        return true;
    }
}
