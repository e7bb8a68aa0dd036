using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DotNetty.Buffers;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace Acme.Secure;

/// <summary>Talks to one server, whose certificate it knows by its thumbprint.</summary>
public class SecureClient
{
    private readonly IEventLoopGroup _group = new MultithreadEventLoopGroup(1);
    private readonly string _thumbprint;
    private IChannel? _channel;

    public SecureClient(string thumbprint)
    {
        _thumbprint = thumbprint;
    }

    public async Task<string> ConverseAsync(IPEndPoint server, string targetHost, string text, int expectedLength)
    {
        var reply = new TaskCompletionSource<string>();
        var bootstrap = new Bootstrap();
        bootstrap
            .Group(_group)
            .Channel<TcpSocketChannel>()
            .Option(ChannelOption.TcpNodelay, true)
            .Handler(new ActionChannelInitializer<ISocketChannel>(channel =>
            {
                IChannelPipeline pipeline = channel.Pipeline;
                pipeline.AddLast("tls", new TlsHandler(stream => new SslStream(stream, true, Validate), new ClientTlsSettings(targetHost)));
                pipeline.AddLast(new ReplyCollector(expectedLength, reply));
            }));

        _channel = await bootstrap.ConnectAsync(server);
        await _channel.WriteAndFlushAsync(Unpooled.WrappedBuffer(Encoding.ASCII.GetBytes(text)));
        return await reply.Task;
    }

    public async Task CloseAsync()
    {
        if (_channel != null && _channel.Open)
        {
            await _channel.DisconnectAsync();
        }

        await _group.ShutdownGracefullyAsync(TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate != null && certificate.GetCertHashString() == _thumbprint;

    private class ReplyCollector : ChannelHandlerAdapter
    {
        private readonly StringBuilder _text = new StringBuilder();
        private readonly int _expectedLength;
        private readonly TaskCompletionSource<string> _reply;

        public ReplyCollector(int expectedLength, TaskCompletionSource<string> reply)
        {
            _expectedLength = expectedLength;
            _reply = reply;
        }

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            if (message is IByteBuffer buffer)
            {
                _text.Append(buffer.ToString(Encoding.ASCII));
                buffer.Release();
            }

            if (_text.Length >= _expectedLength)
            {
                _reply.TrySetResult(_text.ToString());
            }
        }

        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
        {
            _reply.TrySetException(exception);
            context.CloseAsync();
        }

        public override void ChannelInactive(IChannelHandlerContext context)
        {
            _reply.TrySetException(new ClosedChannelException());
        }
    }
}
