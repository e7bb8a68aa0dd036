#nullable disable
using System.Net;
using System.Net.Sockets;

namespace DotNetty.Transport.Bootstrapping;

/// <summary>Asks the system's resolver; the first address it gives is taken.</summary>
public class DefaultNameResolver : INameResolver
{
    public bool IsResolved(EndPoint address) => address is not DnsEndPoint;

    /// <exception cref="SocketException">The name is unknown.</exception>
    public async Task<EndPoint> ResolveAsync(EndPoint address)
    {
        if (address is not DnsEndPoint name)
        {
            return address;
        }

        IPAddress[] addresses = await Dns.GetHostAddressesAsync(name.Host, name.AddressFamily).ConfigureAwait(false);
        return addresses.Length > 0 ? new IPEndPoint(addresses[0], name.Port) : throw new SocketException((int)SocketError.HostNotFound);
    }
}
