using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>How the system names an option of a socket.</summary>
/// <param name="Level">The protocol whose option it is (getsockopt(2)); on Linux, unless it is raw.</param>
/// <param name="Name">The option's number there.</param>
internal readonly record struct SocketOptionCode(int Level, int Name)
{
    /// <summary>SO_LINGER of Linux, the one option that can make a close wait.</summary>
    public static readonly SocketOptionCode Linger = new(1, 13);

    /// <summary>.NET's name for it, by which the other systems are asked; null: it is an option of Linux alone.</summary>
    public (SocketOptionLevel Level, SocketOptionName Name)? Elsewhere { get; init; }

    /// <summary>True: the numbers are the caller's, meant for whatever system this is.</summary>
    public bool IsRaw { get; init; }

    public bool Equals(SocketOptionCode other) => Level == other.Level && Name == other.Name;

    public override int GetHashCode() => HashCode.Combine(Level, Name);
}
