using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>The seam between the options of a channel and the system: one call here is one call there.</summary>
internal interface IOptionSocket
{
    AddressFamily Family { get; }

    /// <summary>Reads an option into <paramref name="value"/>.</summary>
    /// <returns>How many bytes the system gave.</returns>
    /// <exception cref="SocketException">The system does not know the option, or not for such a socket.</exception>
    int GetOption(SocketOptionCode code, Span<byte> value);

    /// <exception cref="SocketException">The system does not know the option, or not that value, or not for such a socket.</exception>
    void SetOption(SocketOptionCode code, ReadOnlySpan<byte> value);
}
