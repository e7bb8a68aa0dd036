using System.Runtime.CompilerServices;

namespace DotNetty.Transport.Epoll.Interop;

/// <summary>Room for an IPv6 socket address, the longest whose text anybody wants: unix peers have none.</summary>
[InlineArray(Capacity)]
internal struct PeerAddress
{
    public const int Capacity = 28;

    private byte _first;

    public readonly ref readonly byte GetPinnableReference() => ref Unsafe.AsRef(in _first);
}
