namespace DotNetty.Handlers.Tls;

/// <summary>Why a handshake is refused before there is an engine that could say it (RFC 8446 §6.2).</summary>
internal enum TlsAlert : byte
{
    DecodeError = 50,
    InternalError = 80,
    UnrecognizedName = 112,
}
