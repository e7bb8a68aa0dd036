namespace EsockdNetty.EndToEndTests.Server;

/// <summary>An EchoServer with a TLS listener and nothing special, for all tests of a class.</summary>
public abstract class SharedServer(SocketTransport transport) : IAsyncLifetime
{
    internal EchoServerProcess Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await EchoServerProcess.TlsAsync(transport);

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>On the Linux transport.</summary>
    public sealed class Epoll() : SharedServer(SocketTransport.Epoll);

    /// <summary>On .NET's sockets.</summary>
    public sealed class Sockets() : SharedServer(SocketTransport.Sockets);
}
