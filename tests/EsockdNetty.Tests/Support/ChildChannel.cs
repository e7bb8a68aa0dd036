using System.Net;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;

namespace EsockdNetty.Tests.Support;

/// <summary>An accepted connection without a network, with a descriptor number and a peer.</summary>
internal sealed class ChildChannel(int descriptor = 3, EndPoint? peer = null) : EmbeddedChannel, IDescriptorChannel
{
    public static readonly IPEndPoint Peer = new(IPAddress.Parse("192.0.2.7"), 4711);

    public static ChildChannel Of(string address) => new(peer: new IPEndPoint(IPAddress.Parse(address), 4711));

    public int Descriptor => descriptor;

    protected override EndPoint RemoteAddressInternal => peer ?? Peer;
}
