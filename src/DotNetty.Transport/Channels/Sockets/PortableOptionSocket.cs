using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>The options of a <see cref="Socket"/>: by number on Linux, elsewhere by .NET's names, which .NET translates.</summary>
internal sealed class PortableOptionSocket(Socket socket, bool byNumber) : IOptionSocket
{
    public PortableOptionSocket(Socket socket)
        : this(socket, OperatingSystem.IsLinux())
    {
    }

    public AddressFamily Family => socket.AddressFamily;

    public int GetOption(SocketOptionCode code, Span<byte> value)
    {
        if (byNumber || code.IsRaw)
        {
            return socket.GetRawSocketOption(code.Level, code.Name, value);
        }

        (SocketOptionLevel level, SocketOptionName name) = Elsewhere(code);
        BitConverter.TryWriteBytes(value, (int)(socket.GetSocketOption(level, name) ?? 0));
        return sizeof(int);
    }

    public void SetOption(SocketOptionCode code, ReadOnlySpan<byte> value)
    {
        if (byNumber || code.IsRaw)
        {
            socket.SetRawSocketOption(code.Level, code.Name, value);
            return;
        }

        (SocketOptionLevel level, SocketOptionName name) = Elsewhere(code);
        socket.SetSocketOption(level, name, BitConverter.ToInt32(value));
    }

    private static (SocketOptionLevel Level, SocketOptionName Name) Elsewhere(SocketOptionCode code) =>
        code.Elsewhere ?? throw new SocketException((int)SocketError.ProtocolOption);
}
