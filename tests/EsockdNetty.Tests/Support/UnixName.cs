using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EsockdNetty.Tests.Support;

/// <summary>A unix socket's name, byte by byte: also of the 108 characters that .NET's own end point does not take. Its file is left where it is.</summary>
internal sealed class UnixName(string name) : EndPoint
{
    private const int Family = 2;

    public override AddressFamily AddressFamily => AddressFamily.Unix;

    public override SocketAddress Serialize()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        var address = new SocketAddress(AddressFamily.Unix, Family + bytes.Length);
        bytes.CopyTo(address.Buffer.Span[Family..]);
        return address;
    }

    /// <summary>As the system shows it.</summary>
    public override string ToString() => name.Replace('\0', '@');
}
