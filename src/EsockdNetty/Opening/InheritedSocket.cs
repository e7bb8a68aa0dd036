using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using EsockdNetty.Interop;

namespace EsockdNetty.Opening;

/// <summary>
/// A listening socket that was handed in. Its own descriptor is kept as long as the listener lives, so that it stays bound while the listener is
/// suspended or its socket was lost; what accepts is a duplicate.
/// </summary>
internal sealed class InheritedSocket : IDisposable
{
    private const int Socket = 1;
    private const int TypeOption = 3;
    private const int AcceptsOption = 30;
    private const int DomainOption = 39;
    private const int CookieOption = 57;
    private const int Stream = 1;

    private readonly int _descriptor;
    private readonly ulong? _cookie;
    private int _closed;

    private InheritedSocket(int descriptor, AddressFamily family)
    {
        _descriptor = descriptor;
        Family = family;
        _cookie = Descriptors.GetOption(descriptor, Socket, CookieOption);
    }

    public AddressFamily Family { get; }

    /// <summary>Some address of its family, for whoever asks what kind of network that is.</summary>
    public EndPoint Anywhere => Family switch
    {
        AddressFamily.Unix => new UnixDomainSocketEndPoint("/"),
        AddressFamily.InterNetworkV6 => new IPEndPoint(IPAddress.IPv6Any, 0),
        _ => new IPEndPoint(IPAddress.Any, 0),
    };

    // The number may have been closed by somebody else, and be another's by now.
    private bool IsOurs => Volatile.Read(ref _closed) == 0 && Descriptors.GetOption(_descriptor, Socket, CookieOption) == _cookie;

    /// <summary>Takes the socket over if a listener can use it; if not, <paramref name="remedy"/> says why and what to do, and it is left as it was.</summary>
    public static bool TryTake(int descriptor, [NotNullWhen(true)] out InheritedSocket? socket, out string remedy)
    {
        socket = null;
        remedy = WhyNot(descriptor, out AddressFamily family);
        if (remedy.Length > 0)
        {
            return false;
        }

        Descriptors.KeepFromChildren(descriptor);
        if (!Descriptors.StopBlocking(descriptor))
        {
            remedy = $"descriptor {descriptor} cannot be made non-blocking: hand in another";
            return false;
        }

        socket = new InheritedSocket(descriptor, family);
        return true;
    }

    /// <summary>Another descriptor of it, for whoever accepts, who closes it.</summary>
    /// <exception cref="SocketException">It was closed, or no descriptor is free.</exception>
    public int Duplicate()
    {
        if (!IsOurs)
        {
            throw new SocketException((int)SocketError.NotSocket);
        }

        int duplicate = Descriptors.Duplicate(_descriptor);
        return duplicate >= 0 ? duplicate : throw new SocketException((int)(Descriptors.LastError == Descriptors.BadDescriptor ? SocketError.NotSocket : SocketError.TooManyOpenSockets));
    }

    /// <summary>Closes it, once; its file, if it has one, is whoever made it's.</summary>
    public void Dispose()
    {
        if (IsOurs && Interlocked.Exchange(ref _closed, 1) == 0)
        {
            Descriptors.Close(_descriptor);
        }
    }

    private static string WhyNot(int descriptor, out AddressFamily family)
    {
        family = AddressFamily.Unknown;
        if (!OperatingSystem.IsLinux())
        {
            return "sockets can be handed in on Linux only: use another address";
        }

        if (Descriptors.GetOption(descriptor, Socket, TypeOption) is not { } type)
        {
            return Descriptors.LastError == Descriptors.BadDescriptor
                ? $"descriptor {descriptor} is not open: whoever starts the program must hand a listening socket in at that number"
                : $"descriptor {descriptor} is no socket: hand in one that listens";
        }

        family = Descriptors.GetOption(descriptor, Socket, DomainOption) switch
        {
            1 => AddressFamily.Unix,
            2 => AddressFamily.InterNetwork,
            10 => AddressFamily.InterNetworkV6,
            _ => AddressFamily.Unknown,
        };
        return (type, family, Descriptors.GetOption(descriptor, Socket, AcceptsOption)) switch
        {
            (not Stream, _, _) => $"descriptor {descriptor} is a socket without streams: hand in one of SOCK_STREAM (ListenStream= of systemd)",
            (_, AddressFamily.Unknown, _) => $"descriptor {descriptor} is a socket of a family that is not served: hand in one of IPv4, IPv6 or unix",
            (_, _, not 1) => $"descriptor {descriptor} is a socket that does not listen: hand in one after listen(2), not a connection (Accept=no of systemd)",
            _ => "",
        };
    }
}
