using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.Epoll;

namespace EsockdNetty.Benchmarks.Load;

/// <summary>Opens the generator's connections: which channel, from which loopback address, with which TLS.</summary>
internal sealed class Connector(LoadOptions options)
{
    // A source address has some 28,000 ports, and a closed connection keeps its own for a minute.
    private const int IdlePerAddress = 5_000;
    private const int Addresses = 200;

    private readonly ClientTlsSettings? _tls = options.Target.Tls ? NewTls(options.TlsVersion) : null;

    public async Task OpenAsync(LoadLane lane, int number, LoadHandler handler)
    {
        try
        {
            IChannel channel = NewChannel();
            channel.Configuration.SetOption(ChannelOption.TcpNodelay, true);
            if (_tls is not null)
                channel.Pipeline.AddLast(new TlsHandler(_tls));
            channel.Pipeline.AddLast(handler);
            await lane.Loop.RegisterAsync(channel);
            await (SourceOf(number) is { } source ? channel.ConnectAsync(options.Target.Address, source) : channel.ConnectAsync(options.Target.Address));
        }
        catch (Exception e) when (e is SocketException or ChannelException or IOException)
        {
            lane.Fail($"connect: {e.Message}");
        }
    }

    /// <summary>A group of loops that serve such channels.</summary>
    public static IEventLoopGroup NewLoops(int count) => OperatingSystem.IsLinux() ? new EpollEventLoopGroup(count) : new MultithreadEventLoopGroup(count);

    private IChannel NewChannel()
    {
        AddressFamily family = options.Target.Address.AddressFamily;
        return OperatingSystem.IsLinux() ? new EpollSocketChannel(family) : new TcpSocketChannel(family);
    }

    private IPEndPoint? SourceOf(int number)
    {
        bool many = OperatingSystem.IsLinux() && options.Mode is not (LoadMode.Echo or LoadMode.Paced);
        if (!many || options.Target.Address.AddressFamily != AddressFamily.InterNetwork)
            return null;

        int address = options.Mode == LoadMode.Idle ? number / IdlePerAddress : number % Addresses;
        return new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + address)]), 0);
    }

    // Naming the cipher suites switches session resumption off: every handshake is a full one. Any certificate will do: it is the load that matters.
    private static ClientTlsSettings NewTls(SslProtocols version)
    {
        if (OperatingSystem.IsWindows())
            return new ClientTlsSettings(version, checkCertificateRevocation: false, [], "localhost") { RemoteCertificateValidation = TakeAny };

        return new ClientTlsSettings(version, checkCertificateRevocation: false, [], "localhost")
        {
            RemoteCertificateValidation = TakeAny,
            CipherSuitesPolicy = FullHandshakes(),
        };
    }

    private static bool TakeAny(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => certificate is not null;

    [UnsupportedOSPlatform("windows")]
    private static CipherSuitesPolicy FullHandshakes() => new(
    [
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    ]);
}
