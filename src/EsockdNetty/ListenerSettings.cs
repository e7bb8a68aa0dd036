using DotNetty.Handlers.Tls;
using EsockdNetty.Codecs;

namespace EsockdNetty;

/// <summary>
/// What one generation of a listener's connections is made of: immutable, read once for each accepted connection, which keeps it.
/// </summary>
internal sealed record ListenerSettings(
    string Name,
    LimitOptions Limits,
    TimeoutOptions Timeouts,
    SocketOptions Socket,
    PacketType Packet,
    ServerTlsSettings? Tls,
    SessionHandler? Session,
    PipelineInitializer? Pipeline)
{
    /// <summary>Checks what sessions send.</summary>
    public PacketWriter Writer { get; } = new(Packet, Limits.MaxFrame);

    public bool AllowHalfClosure => Socket.AllowHalfClosure ?? Session is not null;

    public static ListenerSettings Of(ListenerOptions options, ServerTlsSettings? tls, SessionHandler? session, PipelineInitializer? pipeline) =>
        new(options.Name, options.Limits, options.Timeouts, options.Socket, options.Packet, tls, session, pipeline);
}
