using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>An option that the system keeps as an int, and how its value becomes that number and is read from it again.</summary>
internal sealed class NumberSocketOption<T>(ChannelOption<T> key, SocketOptionCode code, Func<T, int> toNumber, Func<int, T> fromNumber) : SocketOption<T>(key)
{
    /// <summary>The same on IPv6, where it has a name of its own; null: one name serves both.</summary>
    public SocketOptionCode? OnIPv6 { get; init; }

    public override T Get(IOptionSocket socket)
    {
        EnsureFamily(socket);
        Span<byte> value = stackalloc byte[sizeof(int)];
        value.Clear();
        try
        {
            socket.GetOption(CodeFor(socket), value);
        }
        catch (SocketException fault) when (IsUnknown(fault))
        {
            throw Unknown(fault);
        }

        return fromNumber(BitConverter.ToInt32(value));
    }

    public override void Set(IOptionSocket socket, T value)
    {
        EnsureFamily(socket);
        Span<byte> number = stackalloc byte[sizeof(int)];
        BitConverter.TryWriteBytes(number, toNumber(value));
        try
        {
            socket.SetOption(CodeFor(socket), number);
        }
        catch (SocketException fault) when (IsUnknown(fault))
        {
            throw Unknown(fault);
        }

        if (OnIPv6 is not null && socket.Family == AddressFamily.InterNetworkV6)
        {
            SetForMappedPeers(socket, number);
        }
    }

    // A socket of IPv6 whose peer came by IPv4 sends as one of IPv4 does.
    private void SetForMappedPeers(IOptionSocket socket, ReadOnlySpan<byte> number)
    {
        try
        {
            socket.SetOption(code, number);
        }
        catch (SocketException) when (!OperatingSystem.IsLinux())
        {
            // BSD has no options of IPv4 on a socket of IPv6.
        }
    }

    private SocketOptionCode CodeFor(IOptionSocket socket) => OnIPv6 is { } six && socket.Family == AddressFamily.InterNetworkV6 ? six : code;
}
