using DotNetty.Handlers.Tls;
using EsockdNetty.Codecs;
using EsockdNetty.Opening;

namespace EsockdNetty;

/// <summary>
/// What one generation of a listener's connections is made of: immutable, read once for each accepted connection, which keeps it.
/// </summary>
internal sealed class ListenerSettings
{
    public ListenerSettings(string name, CommonListenerOptions options, TlsMaterial? tls, ConnectionHandlers handlers)
    {
        Name = name;
        Options = options;
        TlsMaterial = tls;
        Handlers = handlers;
        Tls = tls?.ToSettings(options);
        Writer = new PacketWriter(options.Packet, options.Limits.MaxFrame);
        Sockets = SocketSettings.Of(options.Socket);
    }

    public string Name { get; }

    /// <summary>A copy that nobody changes.</summary>
    public CommonListenerOptions Options { get; }

    /// <summary>What the TLS options name, loaded; null on a listener without TLS.</summary>
    public TlsMaterial? TlsMaterial { get; }

    public ServerTlsSettings? Tls { get; }

    public ConnectionHandlers Handlers { get; }

    /// <summary>Checks what sessions send.</summary>
    public PacketWriter Writer { get; }

    /// <summary>The socket options that were given, ready to be set.</summary>
    public SocketSettings Sockets { get; }

    public LimitOptions Limits => Options.Limits;

    public TimeoutOptions Timeouts => Options.Timeouts;

    public SocketOptions Socket => Options.Socket;

    public PacketType Packet => Options.Packet;

    /// <summary>True where a connection must prove something before the user's handlers see it, and is pending until then.</summary>
    public bool AdmitsLater => Tls is not null;

    public bool AllowHalfClosure => Socket.AllowHalfClosure ?? Handlers.Session is not null;

    public ListenerSettings With(CommonListenerOptions options, TlsMaterial? tls) => new(Name, options, tls, Handlers);

    public ListenerSettings With(ConnectionHandlers handlers) => new(Name, Options, TlsMaterial, handlers);
}
