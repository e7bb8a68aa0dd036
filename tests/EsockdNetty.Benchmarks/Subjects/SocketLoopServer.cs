using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>What one writes without any framework: a task that accepts, and one a connection. How many threads serve is the runtime's choice.</summary>
internal sealed class SocketLoopServer : IEchoServer
{
    private const int Backlog = 4096;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Framing _framing;
    private readonly SslServerAuthenticationOptions? _tls;

    private SocketLoopServer(ServeOptions options)
    {
        _framing = options.Framing;
        _tls = options.Tls ? TlsOptions() : null;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(Backlog);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public static SocketLoopServer Start(ServeOptions options)
    {
        var server = new SocketLoopServer(options);
        _ = server.AcceptAsync();
        return server;
    }

    // The process ends next: its connections with it.
    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    private static SslServerAuthenticationOptions TlsOptions() => new()
    {
        // Built once: without it each handshake builds the chain again.
        ServerCertificateContext = SslStreamCertificateContext.Create(DevelopmentCertificate.Load(), additionalCertificates: null, offline: true),
    };

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            await using Stream stream = await OpenAsync(new NetworkStream(socket, ownsSocket: true));
            await new EchoLoop(stream).RunAsync(_framing);
        }
        catch (Exception e) when (e is IOException or SocketException or System.Security.Authentication.AuthenticationException or InvalidDataException)
        {
            // The peer is gone, or was not welcome.
        }
    }

    private async Task<Stream> OpenAsync(NetworkStream stream)
    {
        if (_tls is null)
            return stream;

        var secured = new SslStream(stream);
        try
        {
            await secured.AuthenticateAsServerAsync(_tls);
            return secured;
        }
        catch
        {
            await secured.DisposeAsync();
            throw;
        }
    }
}
