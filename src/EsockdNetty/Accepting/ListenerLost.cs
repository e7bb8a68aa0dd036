using System.Net.Sockets;

namespace EsockdNetty.Accepting;

/// <summary>The user event of a server pipeline whose listening socket is gone: it accepts nothing any more and must be bound again. Its connections live on.</summary>
/// <param name="Error">What accept(2) said.</param>
public sealed record ListenerLost(SocketError Error)
{
    /// <summary>What the system calls the error ("EINVAL") where its number is known for certain, else as .NET does.</summary>
    public string ErrorName { get; init; } = Error.ToString();
}
