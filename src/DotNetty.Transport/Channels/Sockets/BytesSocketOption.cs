using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>An option whose value is the system's own structure, as bytes.</summary>
internal sealed class BytesSocketOption(ChannelOption<byte[]> key, SocketOptionCode code, int length) : SocketOption<byte[]>(key)
{
    public override byte[] Get(IOptionSocket socket)
    {
        byte[] value = new byte[length];
        try
        {
            return value[..socket.GetOption(code, value)];
        }
        catch (SocketException fault) when (IsUnknown(fault))
        {
            throw Unknown(fault);
        }
    }

    public override void Set(IOptionSocket socket, byte[] value)
    {
        try
        {
            socket.SetOption(code, value);
        }
        catch (SocketException fault) when (IsUnknown(fault))
        {
            throw Unknown(fault);
        }
    }
}
