namespace EsockdNetty.Tests.Support;

/// <summary>A server with one listener on a port of the system's choice. Stops at once when disposed, within the guard.</summary>
internal sealed class OneListener : IAsyncDisposable
{
    private OneListener(SocketServer server, Listener listener)
    {
        Server = server;
        Listener = listener;
    }

    public SocketServer Server { get; }

    public Listener Listener { get; }

    public static Task<OneListener> Open(SessionHandler session, Action<ListenerOptions>? configure = null, SocketServerOptions? server = null) =>
        Open(server, configure, (opened, options) => opened.OpenAsync(options, session));

    public static Task<OneListener> OpenPipeline(PipelineInitializer pipeline, Action<ListenerOptions>? configure = null, SocketServerOptions? server = null) =>
        Open(server, configure, (opened, options) => opened.OpenAsync(options, pipeline));

    /// <summary>Sends every packet back.</summary>
    public static async Task Echo(Session session, CancellationToken closed)
    {
        while (await session.ReceiveAsync(closed) is { } packet)
        {
            await session.SendAsync(packet, closed);
        }
    }

    public static void Tls(ListenerOptions options)
    {
        options.Address = "ssl://127.0.0.1:0";
        options.Tls.Certificate = TestCertificates.Server;
    }

    public Task<Peer> Connect() => Peer.Connect(Listener);

    public Task<Peer> ConnectTls() => Peer.ConnectTls(Listener);

    /// <summary>As a listener of that scheme wants it: by TLS for <c>ssl</c>.</summary>
    public Task<Peer> Connect(string scheme) => scheme == "ssl" ? ConnectTls() : Connect();

    /// <summary>For what the server's only connection has ended, the end of which its peer saw in order.</summary>
    public async Task<string> EndOf(Peer peer)
    {
        Assert.True(await peer.EndsInOrder());

        // A peer that ends too lets the close end at once.
        peer.Dispose();
        return Endings(1);
    }

    /// <summary>How often connections have ended for each reason; those that have not ended are waited for.</summary>
    public string Endings(int connections)
    {
        Eventually.Equal(connections, () => (int)Listener.Statistics.Closed.Values.Sum());
        return string.Join(", ", Listener.Statistics.Closed.OrderBy(static ended => ended.Key).Select(static ended => $"{ended.Key} {ended.Value}"));
    }

    public async ValueTask DisposeAsync() => await Server.DisposeAsync().AsTask().WaitAsync(Eventually.Guard);

    private static async Task<OneListener> Open(SocketServerOptions? serverOptions, Action<ListenerOptions>? configure, Func<SocketServer, ListenerOptions, Task<Listener>> open)
    {
        serverOptions ??= new SocketServerOptions();
        serverOptions.Loops ??= 1;
        var server = new SocketServer(serverOptions);
        var options = new ListenerOptions("test", "tcp://127.0.0.1:0");
        configure?.Invoke(options);
        try
        {
            return new OneListener(server, await open(server, options).WaitAsync(Eventually.Guard));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }
}
