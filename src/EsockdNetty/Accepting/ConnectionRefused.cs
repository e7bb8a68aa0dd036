using System.Net;
using DotNetty.Common.Internal.Logging;
using EsockdNetty.Statistics;

namespace EsockdNetty.Accepting;

/// <summary>The user event of a server pipeline of which a gate refused a connection; that is closed already.</summary>
/// <param name="Reason">Why.</param>
/// <param name="RemoteAddress">Whose it was; null where the system does not know any more.</param>
public sealed record ConnectionRefused(RefusalReason Reason, EndPoint? RemoteAddress)
{
    /// <summary>Fit for a log.</summary>
    public override string ToString() => $"refused {PeerText.Of(RemoteAddress)}: {Reason.Word()}";
}
