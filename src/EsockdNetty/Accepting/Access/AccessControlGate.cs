using DotNetty.Transport.Channels;
using EsockdNetty.Connections;

namespace EsockdNetty.Accepting.Access;

/// <summary>
/// Refuses banned clients and those that the access rules deny. It never sends them anything: a refusal by bytes is a reset here.
/// </summary>
public sealed class AccessControlGate : AcceptGate
{
    private readonly AccessControl _access;

    /// <summary>A gate that goes by <paramref name="access"/>, which it may share.</summary>
    public AccessControlGate(AccessControl access, Refusal? refusal = null)
        : base(refusal is { SendsBytes: true } ? Refusal.Reset : refusal)
    {
        ArgumentNullException.ThrowIfNull(access);
        _access = access;
    }

    /// <inheritdoc/>
    protected override RefusalReason? Judge(IChannelHandlerContext context, IChannel child) =>
        _access.IsOpen ? null : _access.Judge(ConnectionLease.Of(child).Client);
}
