using DotNetty.Handlers.Tls;
using EsockdNetty;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Rates;
using Microsoft.Extensions.Logging;

namespace EchoServer;

/// <summary>What the arguments mean to the server: its options, and those of each listener.</summary>
internal static class ServerSettings
{
    private static readonly string[] PfxEndings = [".pfx", ".p12"];

    // They keep nothing of a connection: one of each for all of them.
    private static readonly EchoHandler Echo = new();
    private static readonly WhoAmIHandler WhoAmI = new();

    public static SocketServerOptions Of(EchoServerOptions options, ILoggerFactory log)
    {
        var server = new SocketServerOptions { LoggerFactory = log, Loops = options.Loops, Transport = options.Transport };
        server.DrainTimeout = options.DrainTimeout ?? server.DrainTimeout;
        return server;
    }

    /// <summary>One for each address, named by scheme and place: tcp-1, ssl-2.</summary>
    public static IEnumerable<ListenerOptions> ListenersOf(EchoServerOptions options) =>
        options.Listen.Select((address, index) => ListenerOf(options, address, index + 1));

    /// <summary>What each connection is served by.</summary>
    public static PipelineInitializer HandlersOf(EchoServerOptions options) => options.WhoAmI
        ? static pipeline => pipeline.AddLast(WhoAmI, Echo)
        : static pipeline => pipeline.AddLast(Echo);

    private static ListenerOptions ListenerOf(EchoServerOptions options, string address, int place)
    {
        var listener = new ListenerOptions($"{ListenAddress.Parse(address).Scheme}-{place}", address) { Packet = options.Packet, Acceptors = options.Acceptors ?? 1 };
        SetLimits(listener.Limits, options);
        SetTimeouts(listener.Timeouts, options);
        SetTls(listener.Tls, options);
        foreach (string rule in options.Access)
            listener.Access.Add(rule);
        return listener;
    }

    private static void SetLimits(LimitOptions limits, EchoServerOptions options)
    {
        limits.MaxFrame = options.MaxFrame ?? limits.MaxFrame;
        limits.MaxConnections = options.MaxConnections;
        limits.OverLimit = options.WaitOverLimit ? OverLimit.Wait : OverLimit.Refuse;
        limits.Rate = options.MaxRate is { } rate ? new ConnectionRate(rate, TimeSpan.FromSeconds(1)) : null;
        limits.PerAddress = new PerAddressOptions { MaxConnections = options.MaxPerAddress };
    }

    private static void SetTimeouts(TimeoutOptions timeouts, EchoServerOptions options)
    {
        timeouts.Idle = options.IdleTimeout ?? timeouts.Idle;
        timeouts.Frame = options.FrameTimeout ?? timeouts.Frame;
        timeouts.Handshake = options.HandshakeTimeout ?? timeouts.Handshake;
        timeouts.Send = options.SendTimeout ?? timeouts.Send;
    }

    private static void SetTls(TlsOptions tls, EchoServerOptions options)
    {
        tls.Certificate = CertificateOf(options);
        tls.Protocols = options.Tls ?? tls.Protocols;
        tls.ClientAuthorities = options.ClientAuthorities;
        tls.ClientCertificates = options.ClientAuthorities is null ? ClientCertificateMode.None : ClientCertificateMode.Required;
        foreach (string protocol in options.Alpn)
            tls.Alpn.Add(protocol);
    }

    private static CertificateSource CertificateOf(EchoServerOptions options) => options.Certificate switch
    {
        null => CertificateSource.Pem(Development("server.pem"), Development("server-key.pem")),
        var file when options.Key is null && PfxEndings.Contains(Path.GetExtension(file).ToLowerInvariant()) => CertificateSource.Pfx(file, ""),
        var file => CertificateSource.Pem(file, options.Key),
    };

    // They stand beside the program, so that it runs from any directory.
    private static string Development(string name) => Path.Combine(AppContext.BaseDirectory, "certs", name);
}
