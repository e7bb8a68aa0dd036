#nullable disable
using System.Net;
using System.Net.NetworkInformation;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// The options of a datagram socket, besides those of every channel. On a dual-stack socket those of IP hold for IPv4 and IPv6 alike.
/// </summary>
public interface IDatagramChannelConfig : IChannelConfiguration
{
    /// <summary>Bytes of datagrams the system keeps that were not read yet; what comes above is dropped by it. Default: the system's.</summary>
    int ReceiveBufferSize { get; set; }

    /// <summary>Bytes the system keeps that were not sent yet. Default: the system's.</summary>
    int SendBufferSize { get; set; }

    /// <summary>The type of service (IPv4, IP_TOS) or traffic class (IPv6) of what is sent, 0 to 255. Default: 0.</summary>
    int TrafficClass { get; set; }

    /// <summary>True: several sockets may bind one address; each multicast goes to all of them. Default: false.</summary>
    bool ReuseAddress { get; set; }

    /// <summary>True: sending to broadcast addresses is allowed. Default: false.</summary>
    bool Broadcast { get; set; }

    /// <summary>True: what is sent to a group is not received on this host. Default: false.</summary>
    bool LoopbackModeDisabled { get; set; }

    /// <summary>Hops what is sent to a group may take, 0 to 255. Default: 1.</summary>
    short TimeToLive { get; set; }

    /// <summary>The interface of that IPv4 address is the one that sends to groups; null while none was set so.</summary>
    EndPoint Interface { get; set; }

    /// <summary>The interface that sends to groups, and joins them where none is named; null while none was set so.</summary>
    NetworkInterface NetworkInterface { get; set; }
}
