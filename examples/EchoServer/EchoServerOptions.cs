using System.Security.Authentication;
using EsockdNetty;
using EsockdNetty.Codecs;

namespace EchoServer;

/// <summary>What the arguments ask for. Null leaves the value to the server's own default.</summary>
internal sealed record EchoServerOptions
{
    /// <summary>The addresses to listen on; every other setting here applies to each of them.</summary>
    public IReadOnlyList<string> Listen { get; init; } = ["tcp://127.0.0.1:5000", "ssl://127.0.0.1:5001"];

    public PacketType Packet { get; init; } = PacketType.Raw;

    public int? MaxFrame { get; init; }

    public int? MaxConnections { get; init; }

    public bool WaitOverLimit { get; init; }

    /// <summary>Connections a second of each listener.</summary>
    public int? MaxRate { get; init; }

    /// <summary>Live connections of one client address.</summary>
    public int? MaxPerAddress { get; init; }

    /// <summary>Who may connect: rules in order.</summary>
    public IReadOnlyList<string> Access { get; init; } = [];

    /// <summary>Sockets that share each port.</summary>
    public int? Acceptors { get; init; }

    /// <summary>PEM, or PFX with an empty password. Null: the development certificate beside the program.</summary>
    public string? Certificate { get; init; }

    public string? Key { get; init; }

    /// <summary>The authorities (PEM) whose clients are let in; null: clients need no certificate.</summary>
    public string? ClientAuthorities { get; init; }

    public SslProtocols? Tls { get; init; }

    public IReadOnlyList<string> Alpn { get; init; } = [];

    public TimeSpan? IdleTimeout { get; init; }

    public TimeSpan? FrameTimeout { get; init; }

    public TimeSpan? HandshakeTimeout { get; init; }

    public TimeSpan? SendTimeout { get; init; }

    public TimeSpan? DrainTimeout { get; init; }

    public SocketTransport Transport { get; init; }

    public int? Loops { get; init; }

    /// <summary>Whether loops on epoll look for events before they sleep.</summary>
    public bool? Spin { get; init; }

    /// <summary>Clients may ask for their own address.</summary>
    public bool WhoAmI { get; init; }

    /// <summary>The time between two looks at the listeners' figures; null: nobody looks.</summary>
    public TimeSpan? Stats { get; init; }

    /// <summary>Look whether the machine is enough for these options, and serve nobody.</summary>
    public bool Check { get; init; }
}
