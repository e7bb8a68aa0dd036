using System.Net;

namespace EsockdNetty.Accepting;

/// <summary>The user event of a server pipeline of which a gate refused a connection; that is closed already.</summary>
/// <param name="Reason">Why.</param>
/// <param name="RemoteAddress">Whose it was; null where the system does not know any more.</param>
public sealed record ConnectionRefused(RefusalReason Reason, EndPoint? RemoteAddress);
