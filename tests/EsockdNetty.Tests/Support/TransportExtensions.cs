namespace EsockdNetty.Tests.Support;

/// <summary>A server with one listener, on the transport that a test runs on.</summary>
internal static class TransportExtensions
{
    public static Task<OneListener> Open(this SocketTransport transport, SessionHandler session, Action<ListenerOptions>? configure = null, SocketServerOptions? server = null) =>
        OneListener.Open(session, configure, On(transport, server));

    public static Task<OneListener> OpenPipeline(this SocketTransport transport, PipelineInitializer pipeline, Action<ListenerOptions>? configure = null, SocketServerOptions? server = null) =>
        OneListener.OpenPipeline(pipeline, configure, On(transport, server));

    private static SocketServerOptions On(SocketTransport transport, SocketServerOptions? server)
    {
        server ??= new SocketServerOptions();
        server.Transport = transport;
        return server;
    }
}
