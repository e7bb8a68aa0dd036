using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// Turns what the system calls an address into endpoints and back, for one socket. Nothing is allocated while datagrams come from the same
/// peer, nor for those that are sent. The layout read and written is that of sockaddr_in and sockaddr_in6, alike on all systems from the port on.
/// </summary>
internal sealed class DatagramAddresses
{
    private const int PortOffset = 2;
    private const int IPv4Offset = 4;
    private const int FlowOffset = 4;
    private const int IPv6Offset = 8;
    private const int ScopeOffset = 24;
    private const int IPv4Length = 4;
    private const int IPv6Length = 16;
    private const int MappedPrefixLength = IPv6Length - IPv4Length;

    private readonly bool _isIPv6;
    private readonly byte[] _last = new byte[ScopeOffset + sizeof(uint)];
    private readonly SocketAddress _to;
    private IPEndPoint? _sender;
    private IPAddress? _senderAddress;
    private int _senderPort;

    public DatagramAddresses(AddressFamily family)
    {
        _isIPv6 = family == AddressFamily.InterNetworkV6;
        _to = new SocketAddress(family);
        From = new SocketAddress(family);
    }

    /// <summary>What a receive writes its sender into.</summary>
    public SocketAddress From { get; }

    private static ReadOnlySpan<byte> MappedPrefix => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF];

    private int Length => _isIPv6 ? ScopeOffset + sizeof(uint) : IPv4Offset + IPv4Length;

    /// <summary>Whom <see cref="From"/> names; a sender of IPv4 is shown as one, whatever the socket is.</summary>
    public IPEndPoint Sender()
    {
        ReadOnlySpan<byte> from = From.Buffer.Span[..Length];
        if (!IsLast(from))
        {
            from.CopyTo(_last);
            _senderAddress = AddressIn(from);
            _senderPort = BinaryPrimitives.ReadUInt16BigEndian(from[PortOffset..]);
            _sender = new IPEndPoint(_senderAddress, _senderPort);
        }

        return _sender!;
    }

    /// <returns>The recipient as the system wants it, until the next call; null where the socket's family cannot reach it.</returns>
    public SocketAddress? To(IPEndPoint recipient)
    {
        Span<byte> to = _to.Buffer.Span;
        BinaryPrimitives.WriteUInt16BigEndian(to[PortOffset..], (ushort)recipient.Port);
        return (_isIPv6 ? WriteIPv6(recipient.Address, to) : WriteIPv4(recipient.Address, to)) ? _to : null;
    }

    // An endpoint can be changed by whoever was given it: then it names the sender no more.
    private bool IsLast(ReadOnlySpan<byte> from) =>
        _sender is not null && from.SequenceEqual(_last.AsSpan(0, from.Length)) && ReferenceEquals(_sender.Address, _senderAddress) && _sender.Port == _senderPort;

    private IPAddress AddressIn(ReadOnlySpan<byte> from)
    {
        if (!_isIPv6)
        {
            return new IPAddress(from.Slice(IPv4Offset, IPv4Length));
        }

        ReadOnlySpan<byte> address = from.Slice(IPv6Offset, IPv6Length);
        return address.StartsWith(MappedPrefix)
            ? new IPAddress(address[MappedPrefixLength..])
            : new IPAddress(address, BitConverter.ToUInt32(from[ScopeOffset..]));
    }

    private static bool WriteIPv4(IPAddress address, Span<byte> to)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetwork && address.TryWriteBytes(to[IPv4Offset..], out _);
    }

    private static bool WriteIPv6(IPAddress address, Span<byte> to)
    {
        to[FlowOffset..IPv6Offset].Clear();
        Span<byte> bytes = to.Slice(IPv6Offset, IPv6Length);
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            BitConverter.TryWriteBytes(to[ScopeOffset..], (uint)address.ScopeId);
            return address.TryWriteBytes(bytes, out _);
        }

        to.Slice(ScopeOffset, sizeof(uint)).Clear();
        MappedPrefix.CopyTo(bytes);
        return address.TryWriteBytes(bytes[MappedPrefixLength..], out _);
    }
}
