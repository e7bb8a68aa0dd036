using System.Net;
using System.Net.Sockets;

namespace DotNetty.Transport.Epoll.Interop;

/// <summary>Addresses as the system writes them.</summary>
internal static class EndPoints
{
    private static readonly IPEndPoint AnyInternet = new(IPAddress.Any, 0);
    private static readonly IPEndPoint AnyInternet6 = new(IPAddress.IPv6Any, 0);
    private static readonly UnixDomainSocketEndPoint Nameless = new("unnamed");

    /// <summary>The end point a struct sockaddr stands for; null for a family that is not ours.</summary>
    public static EndPoint? Read(ReadOnlySpan<byte> address)
    {
        if (address.Length < sizeof(ushort))
        {
            return null;
        }

        return BitConverter.ToUInt16(address) switch
        {
            Constants.FamilyInternet => AnyInternet.Create(Copy(AddressFamily.InterNetwork, address, 16)),
            Constants.FamilyInternet6 => AnyInternet6.Create(Copy(AddressFamily.InterNetworkV6, address, 28)),
            Constants.FamilyUnix => Nameless.Create(Copy(AddressFamily.Unix, address, address.Length)),
            _ => null,
        };
    }

    private static SocketAddress Copy(AddressFamily family, ReadOnlySpan<byte> address, int length)
    {
        var copy = new SocketAddress(family, Math.Max(length, sizeof(ushort)));
        address[..Math.Min(length, address.Length)].CopyTo(copy.Buffer.Span);
        return copy;
    }
}
