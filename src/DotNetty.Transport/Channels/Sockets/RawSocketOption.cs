using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// Options by the system's own numbers, for those that have no <see cref="ChannelOption"/>: setsockopt(2) and getsockopt(2) on whatever socket
/// the channel has, listening or not, on every transport. The numbers are those of the system the program runs on (on Linux see
/// asm-generic/socket.h, tcp(7), ip(7)); values are in the byte order of the machine. The same arguments give the same option. One that the
/// system does not have for such a socket is a <see cref="NotSupportedException"/>, a value it refuses a <see cref="SocketException"/>.
/// </summary>
/// <remarks>An option set so, and set by a <see cref="ChannelOption"/> too, is what was set last; bootstraps keep no order among their options.</remarks>
public static class RawSocketOption
{
    private const int LongestValue = 64 * 1024;

    /// <summary>An option whose value is an int: <c>bootstrap.ChildOption(RawSocketOption.Int(6, 18), 30_000)</c>.</summary>
    public static ChannelOption<int> Int(int level, int name)
    {
        ChannelOption<int> option = ChannelOption.ValueOf<int>($"RAW_SOCKET_OPTION({level}, {name})");
        SocketOptionTable.AddRaw(new NumberSocketOption<int>(option, Code(level, name), static number => number, static number => number));
        return option;
    }

    /// <summary>
    /// An option whose value is bytes, a structure or a name. Any number of them may be set; <paramref name="length"/> is how many are asked for
    /// when it is read, and the system may give fewer.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1, or more than 64 KiB.</exception>
    public static ChannelOption<byte[]> Bytes(int level, int name, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, LongestValue);
        ChannelOption<byte[]> option = ChannelOption.ValueOf<byte[]>($"RAW_SOCKET_OPTION({level}, {name}, {length} bytes)");
        SocketOptionTable.AddRaw(new BytesSocketOption(option, Code(level, name), length));
        return option;
    }

    private static SocketOptionCode Code(int level, int name) => new(level, name) { IsRaw = true };
}
