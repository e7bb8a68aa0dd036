using DotNetty.Transport.Channels;

namespace EsockdNetty.Accepting.Overload;

/// <summary>
/// Refuses connections while an <see cref="OverloadMonitor"/> says that the server cannot cope with those it has. Looks at the monitor's last
/// verdict, which costs an accept nothing.
/// </summary>
public sealed class OverloadGate : AcceptGate
{
    private readonly OverloadMonitor _monitor;

    /// <summary>A gate that heeds <paramref name="monitor"/>, which listeners share.</summary>
    public OverloadGate(OverloadMonitor monitor, Refusal? refusal = null)
        : base(refusal)
    {
        ArgumentNullException.ThrowIfNull(monitor);
        _monitor = monitor;
    }

    /// <inheritdoc/>
    protected override RefusalReason? Judge(IChannelHandlerContext context, IChannel child) =>
        _monitor.Reason is null ? null : RefusalReason.Overload;
}
