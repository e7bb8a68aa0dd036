using DotNetty.Transport.Channels;
using EsockdNetty.Codecs;

namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>Our server with its default options but for the time that connections may be idle, and an echo handler.</summary>
internal sealed class EsockdServer(SocketServer server, Listener listener) : IEchoServer
{
    private const string SpinSwitch = "EsockdNetty.Spin";

    public int Port => ((System.Net.IPEndPoint)listener.Address.EndPoint).Port;

    public static async Task<EsockdServer> StartAsync(ServeArguments serve, SocketTransport transport)
    {
        AppContext.SetSwitch(SpinSwitch, serve.Spin);
        var server = new SocketServer(new SocketServerOptions { Loops = serve.Options.Loops, Transport = transport });
        ChannelHandlerAdapter echo = serve.Options.AwaitWrites ? new PromisedEchoHandler() : new EchoHandler();
        Listener listener = await server.OpenAsync(OptionsOf(serve.Options), pipeline => pipeline.AddLast(echo));
        return new EsockdServer(server, listener);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static ListenerOptions OptionsOf(ServeOptions options)
    {
        var listener = new ListenerOptions("echo", options.Tls ? "ssl://127.0.0.1:0" : "tcp://127.0.0.1:0") { Packet = PacketOf(options.Framing) };
        listener.Timeouts.Idle = ServeOptions.IdleTimeout;
        listener.Tls.Certificate = CertificateSource.Pem(DevelopmentCertificate.Path, DevelopmentCertificate.KeyPath);
        return listener;
    }

    private static PacketType PacketOf(Framing framing) => framing switch
    {
        Framing.Packet2 => PacketType.Two,
        Framing.Packet4 => PacketType.Four,
        _ => PacketType.Raw,
    };

    private sealed class EchoHandler : ChannelHandlerAdapter
    {
        public override bool IsSharable => true;

        public override void ChannelRead(IChannelHandlerContext context, object message) => context.Write(message);

        public override void ChannelReadComplete(IChannelHandlerContext context) => context.Flush();
    }

    /// <summary>As handlers written for DotNetty are: a task a message.</summary>
    private sealed class PromisedEchoHandler : ChannelHandlerAdapter
    {
        public override bool IsSharable => true;

        public override void ChannelRead(IChannelHandlerContext context, object message) => _ = context.WriteAsync(message);

        public override void ChannelReadComplete(IChannelHandlerContext context) => context.Flush();
    }
}
