using System.Net.Sockets;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Accepting;

/// <summary>The user event of a server pipeline that accepts nothing for a while because the system could not.</summary>
/// <param name="Kind">What kind of error it was.</param>
/// <param name="Error">The error itself.</param>
/// <param name="Duration">How long the pause is.</param>
public sealed record AcceptPaused(AcceptErrorKind Kind, SocketError Error, TimeSpan Duration)
{
    /// <summary>What the system calls the error ("EMFILE") where its number is known for certain, else as .NET does.</summary>
    public string ErrorName { get; init; } = Error.ToString();
}
