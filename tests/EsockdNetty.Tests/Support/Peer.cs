using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace EsockdNetty.Tests.Support;

/// <summary>A client that is not ours: a plain socket, or <see cref="SslStream"/> over one. Nothing it waits for takes longer than the guard.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Socket _socket;
    private Stream _stream;

    private Peer(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    public EndPoint LocalAddress => _socket.LocalEndPoint!;

    /// <summary>What it sends and receives by, in the clear.</summary>
    public Stream Stream => _stream;

    /// <summary>The TLS stream; only after <see cref="ConnectTls"/>.</summary>
    public SslStream Tls => (SslStream)_stream;

    private static CancellationToken Guard => new CancellationTokenSource(Eventually.Guard).Token;

    /// <param name="from">The client's own address; null: the system's choice.</param>
    public static Task<Peer> Connect(Listener listener, int? receiveBuffer = null, IPAddress? from = null)
    {
        EndPoint address = listener.Address.EndPoint;
        ProtocolType protocol = address is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, protocol);
        if (receiveBuffer is { } size)
        {
            socket.ReceiveBufferSize = size;
        }

        if (from is not null)
        {
            socket.Bind(new IPEndPoint(from, 0));
        }

        // Blocking: an asynchronous connect is told of a reset that follows at once in place of the connection before it.
        socket.Connect(address);
        return Task.FromResult(new Peer(socket));
    }

    /// <summary>A client whose own socket has a name.</summary>
    public static Peer ConnectFrom(UnixName name, Listener listener)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(name);
        socket.Connect(listener.Address.EndPoint);
        return new Peer(socket);
    }

    public static async Task<Peer> ConnectTls(Listener listener, Action<SslClientAuthenticationOptions>? configure = null)
    {
        Peer peer = await Connect(listener);
        try
        {
            await peer.Handshake(configure);
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    /// <summary>True when the listener resets a connection instead of serving it.</summary>
    public static async Task<bool> IsRefused(Listener listener, IPAddress? from = null)
    {
        try
        {
            using Peer peer = await Connect(listener, from: from);
            return !await peer.EndsInOrder();
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }

    public async Task Handshake(Action<SslClientAuthenticationOptions>? configure = null)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = TestCertificates.ChainPolicy() };
        configure?.Invoke(options);
        var tls = new SslStream(_stream);
        _stream = tls;
        await tls.AuthenticateAsClientAsync(options, Guard);
    }

    public async Task Send(params byte[] bytes) => await _stream.WriteAsync(bytes, Guard);

    /// <summary>Exactly so many bytes.</summary>
    public async Task<byte[]> Receive(int count)
    {
        byte[] bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, Guard);
        return bytes;
    }

    /// <summary>All there is up to the end in order.</summary>
    /// <exception cref="IOException">The connection was reset instead.</exception>
    public async Task<byte[]> ReceiveToEnd()
    {
        var bytes = new MemoryStream();
        await _stream.CopyToAsync(bytes, Guard);
        return bytes.ToArray();
    }

    /// <summary>How the connection ends: true by FIN (or close_notify), false by a reset. What comes before is dropped.</summary>
    public async Task<bool> EndsInOrder()
    {
        try
        {
            await ReceiveToEnd();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>True when a byte comes back.</summary>
    public async Task<bool> IsServed()
    {
        try
        {
            await Send(42);
            return (await Receive(1))[0] == 42;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>FIN: this side sends nothing more.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>The last word as it should be said: close_notify where there is TLS, else FIN.</summary>
    public Task SayLastWord()
    {
        if (_stream is SslStream tls)
        {
            return tls.ShutdownAsync();
        }

        EndSending();
        return Task.CompletedTask;
    }

    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }
}
