using EsockdNetty.Connections;
using EsockdNetty.Statistics;

namespace EsockdNetty;

/// <summary>Something was to be sent on a connection that is closed.</summary>
public sealed class ConnectionClosedException : IOException
{
    /// <summary>Names the reason.</summary>
    public ConnectionClosedException(CloseReason? reason, Exception? innerException = null)
        : base(reason is null ? "The connection is closed." : $"The connection is closed: {reason.Value.Word()}.", innerException) =>
        Reason = reason;

    /// <summary>What ended the connection, where it is known.</summary>
    public CloseReason? Reason { get; }
}
