using System.Net;
using System.Net.Sockets;
using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.TestSupport.Contract;

/// <summary>A transport that plugs into the contract: how its loops and channels are made, and where they listen.</summary>
public interface ITransportUnderTest
{
    AddressFamily Family { get; }

    /// <summary>False where the system has no reset: the peer of a connection that is broken off sees its end.</summary>
    bool HasReset => Family != AddressFamily.Unix;

    IEventLoopGroup NewGroup(int loops);

    IServerChannel NewServer();

    IChannel NewClient();

    /// <summary>Where a test listens: the system chooses the port, or nobody else has the path.</summary>
    EndPoint NewAddress() => Family switch
    {
        AddressFamily.InterNetwork => new IPEndPoint(IPAddress.Loopback, 0),
        AddressFamily.InterNetworkV6 => new IPEndPoint(IPAddress.IPv6Loopback, 0),
        _ => new UnixDomainSocketEndPoint(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock")),
    };

    /// <summary>A plain socket of the same kind, for the other side.</summary>
    Socket NewPeer() => new(Family, SocketType.Stream, Family == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);

    /// <summary>How often <paramref name="loop"/> has turned, by which a loop that spins is told from one that waits.</summary>
    long Turns(IEventLoop loop) => ((SingleThreadEventExecutor)loop).Rounds;
}
