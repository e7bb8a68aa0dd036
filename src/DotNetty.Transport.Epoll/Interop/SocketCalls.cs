using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Epoll.Interop;

/// <summary>The calls on one descriptor, with each result as the transport's seam wants it.</summary>
internal static unsafe class SocketCalls
{
    private const int LongestAddress = 128;

    /// <summary>A stream socket that never blocks and is not inherited.</summary>
    /// <exception cref="SocketException">The system has no more, or does not know the family.</exception>
    public static int NewStream(AddressFamily family)
    {
        int domain = family switch
        {
            AddressFamily.InterNetwork => Constants.FamilyInternet,
            AddressFamily.InterNetworkV6 => Constants.FamilyInternet6,
            AddressFamily.Unix => Constants.FamilyUnix,
            _ => throw new SocketException((int)SocketError.AddressFamilyNotSupported),
        };
        int descriptor = Libc.Socket(domain, Constants.StreamSocket | Constants.SocketNonBlocking | Constants.SocketCloseOnExec, 0);
        return descriptor >= 0 ? descriptor : throw Fault();
    }

    /// <summary>The family of a socket that somebody else made.</summary>
    public static AddressFamily FamilyOf(int descriptor) => GetOption(descriptor, Constants.LevelSocket, Constants.Domain) switch
    {
        Constants.FamilyUnix => AddressFamily.Unix,
        Constants.FamilyInternet => AddressFamily.InterNetwork,
        Constants.FamilyInternet6 => AddressFamily.InterNetworkV6,
        _ => throw new SocketException((int)SocketError.AddressFamilyNotSupported),
    };

    public static void Bind(int descriptor, EndPoint local)
    {
        SocketAddress address = local.Serialize();
        fixed (byte* bytes = address.Buffer.Span)
        {
            if (Libc.Bind(descriptor, bytes, (uint)address.Size) != 0)
            {
                throw Fault();
            }
        }
    }

    public static void Listen(int descriptor, int backlog)
    {
        if (Libc.Listen(descriptor, backlog) != 0)
        {
            throw Fault();
        }
    }

    /// <summary>Begins to connect: success at once (unix), "would block" while it is under way, or why not.</summary>
    public static TransportResult Connect(int descriptor, EndPoint remote)
    {
        SocketAddress address = remote.Serialize();
        fixed (byte* bytes = address.Buffer.Span)
        {
            if (Libc.Connect(descriptor, bytes, (uint)address.Size) == 0)
            {
                return TransportResult.Of(0);
            }
        }

        // Interrupted, a connect goes on by itself all the same (connect(2)).
        return Libc.LastError is Errno.EINPROGRESS or Errno.EINTR ? TransportResult.WouldBlock : Failure();
    }

    /// <summary>Takes a connection from the backlog; its peer's address is written at accept, when it is known for certain.</summary>
    public static TransportResult Accept(int descriptor, out int child, out PeerAddress peer)
    {
        peer = default;
        do
        {
            fixed (byte* bytes = peer)
            {
                uint length = PeerAddress.Capacity;
                child = Libc.Accept(descriptor, bytes, &length, Constants.SocketNonBlocking | Constants.SocketCloseOnExec);
            }
        }
        while (child < 0 && Libc.LastError == Errno.EINTR);
        return child >= 0 ? TransportResult.Of(1) : Failure();
    }

    public static TransportResult Receive(int descriptor, Span<byte> buffer)
    {
        nint count;
        fixed (byte* bytes = buffer)
        {
            do
            {
                count = Libc.Receive(descriptor, bytes, (nuint)buffer.Length, 0);
            }
            while (count < 0 && Libc.LastError == Errno.EINTR);
        }

        return count >= 0 ? TransportResult.Of((int)count) : Failure();
    }

    public static TransportResult Send(int descriptor, ReadOnlySpan<byte> buffer)
    {
        nint count;
        fixed (byte* bytes = buffer)
        {
            do
            {
                count = Libc.Send(descriptor, bytes, (nuint)buffer.Length, Constants.NoSignal);
            }
            while (count < 0 && Libc.LastError == Errno.EINTR);
        }

        return count >= 0 ? TransportResult.Of((int)count) : Failure();
    }

    public static TransportResult Send(int descriptor, ReadOnlySpan<IoVector> vectors)
    {
        nint count;
        fixed (IoVector* first = vectors)
        {
            MessageHeader message = new() { Vectors = first, VectorCount = (nuint)vectors.Length };
            do
            {
                count = Libc.SendMessage(descriptor, &message, Constants.NoSignal);
            }
            while (count < 0 && Libc.LastError == Errno.EINTR);
        }

        return count >= 0 ? TransportResult.Of((int)count) : Failure();
    }

    public static SocketError Shutdown(int descriptor, SocketShutdown how)
    {
        int side = how switch
        {
            SocketShutdown.Receive => Constants.ShutdownReceive,
            SocketShutdown.Send => Constants.ShutdownSend,
            _ => Constants.ShutdownBoth,
        };
        return Libc.Shutdown(descriptor, side) == 0 ? SocketError.Success : Errno.ToSocketError(Libc.LastError);
    }

    /// <summary>The error that waits at the socket, which reading it clears.</summary>
    public static SocketError TakeError(int descriptor)
    {
        int error = 0;
        uint length = sizeof(int);
        return Libc.GetOption(descriptor, Constants.LevelSocket, Constants.Error, &error, &length) == 0
            ? Errno.ToSocketError(error)
            : Errno.ToSocketError(Libc.LastError);
    }

    /// <exception cref="SocketException">The system does not know the option, or not for such a socket.</exception>
    public static int GetOption(int descriptor, int level, int name)
    {
        int value = 0;
        uint length = sizeof(int);
        return Libc.GetOption(descriptor, level, name, &value, &length) == 0 ? value : throw Fault();
    }

    /// <exception cref="SocketException">The system does not know the option, or not that value.</exception>
    public static void SetOption(int descriptor, int level, int name, int value)
    {
        if (Libc.SetOption(descriptor, level, name, &value, sizeof(int)) != 0)
        {
            throw Fault();
        }
    }

    /// <returns>How many bytes the system gave.</returns>
    /// <exception cref="SocketException">The system does not know the option, or not for such a socket.</exception>
    public static int GetOption(int descriptor, int level, int name, Span<byte> value)
    {
        uint length = (uint)value.Length;
        fixed (byte* bytes = value)
        {
            return Libc.GetOption(descriptor, level, name, bytes, &length) == 0 ? (int)length : throw Fault();
        }
    }

    /// <exception cref="SocketException">The system does not know the option, or not that value.</exception>
    public static void SetOption(int descriptor, int level, int name, ReadOnlySpan<byte> value)
    {
        fixed (byte* bytes = value)
        {
            if (Libc.SetOption(descriptor, level, name, bytes, (uint)value.Length) != 0)
            {
                throw Fault();
            }
        }
    }

    /// <summary>A close of this descriptor waits for nobody: one that would wait is told not to; one that resets still does.</summary>
    public static void StopLingering(int descriptor)
    {
        try
        {
            if (GetLinger(descriptor) is (true, > 0))
            {
                SetLinger(descriptor, on: false, seconds: 0);
            }
        }
        catch (SocketException)
        {
            // Nothing left to wait for.
        }
    }

    /// <summary>struct linger: whether a close waits, and for how many seconds.</summary>
    public static (bool On, int Seconds) GetLinger(int descriptor)
    {
        int* value = stackalloc int[2];
        uint length = 2 * sizeof(int);
        return Libc.GetOption(descriptor, Constants.LevelSocket, Constants.Linger, value, &length) == 0
            ? (value[0] != 0, value[1])
            : throw Fault();
    }

    public static void SetLinger(int descriptor, bool on, int seconds)
    {
        int* value = stackalloc int[2];
        value[0] = on ? 1 : 0;
        value[1] = seconds;
        if (Libc.SetOption(descriptor, Constants.LevelSocket, Constants.Linger, value, 2 * sizeof(int)) != 0)
        {
            throw Fault();
        }
    }

    /// <summary>The address at this end; null when there is none.</summary>
    public static EndPoint? LocalEndPoint(int descriptor)
    {
        byte* bytes = stackalloc byte[LongestAddress];
        uint length = LongestAddress;
        return Libc.LocalName(descriptor, bytes, &length) == 0 ? EndPoints.Read(new ReadOnlySpan<byte>(bytes, (int)length)) : null;
    }

    /// <summary>The address at the other end; null when nobody is there any more.</summary>
    public static EndPoint? RemoteEndPoint(int descriptor)
    {
        byte* bytes = stackalloc byte[LongestAddress];
        uint length = LongestAddress;
        return Libc.PeerName(descriptor, bytes, &length) == 0 ? EndPoints.Read(new ReadOnlySpan<byte>(bytes, (int)length)) : null;
    }

    private static TransportResult Failure()
    {
        int errno = Libc.LastError;
        return TransportResult.Failed(Errno.ToSocketError(errno), errno);
    }

    private static SocketException Fault() => new((int)Errno.ToSocketError(Libc.LastError));
}
