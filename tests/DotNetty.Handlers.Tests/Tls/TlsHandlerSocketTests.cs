using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Handlers.Tests.Tls;

public sealed class TlsHandlerSocketTests : IAsyncLifetime
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    private readonly MultithreadEventLoopGroup _group = new(2);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _group.ShutdownGracefullyAsync(TimeSpan.Zero, Guard).WaitAsync(Guard);

    [Theory]
    [InlineData(SslProtocols.Tls12, 1)]
    [InlineData(SslProtocols.Tls12, 300_000)]
    [InlineData(SslProtocols.Tls13, 1)]
    [InlineData(SslProtocols.Tls13, 64)]
    [InlineData(SslProtocols.Tls13, 3_000_000)]
    public async Task Echoes_to_a_client_that_is_not_ours(SslProtocols version, int size)
    {
        long before = EngineDuplex.CallsOffThread;
        IChannel server = await ListenAsync(EnginePair.ServerSettings());
        await using SslStream client = await ConnectAsync(server, version);
        byte[] sent = new byte[size];
        Random.Shared.NextBytes(sent);

        Task sending = client.WriteAsync(sent).AsTask();
        byte[] received = new byte[size];
        await client.ReadExactlyAsync(received).AsTask().WaitAsync(Guard);
        await sending;

        Assert.Equal(version, client.SslProtocol);
        Assert.Equal(sent, received);
        Assert.Equal(before, EngineDuplex.CallsOffThread);
    }

    [Fact]
    public async Task Our_client_talks_to_our_server()
    {
        IChannel server = await ListenAsync(EnginePair.ServerSettings());
        var received = new TaskCompletionSource<string>();
        IChannel client = await new Bootstrap()
            .Group(_group)
            .Channel<TcpSocketChannel>()
            .Handler(new ActionChannelInitializer<IChannel>(channel => channel.Pipeline.AddLast(
                new TlsHandler(EnginePair.ClientSettings()), new Collector("hello, TLS".Length, received))))
            .ConnectAsync(server.LocalAddress)
            .WaitAsync(Guard);

        await client.WriteAndFlushAsync(TlsChannels.Text("hello, TLS")).WaitAsync(Guard);

        Assert.Equal("hello, TLS", await received.Task.WaitAsync(Guard));
        await client.CloseAsync().WaitAsync(Guard);
    }

    [Fact]
    public async Task A_client_that_has_said_close_notify_still_gets_its_answer()
    {
        var answerer = new Answerer();
        IChannel server = await ListenAsync(EnginePair.ServerSettings(), () => answerer, halfClosure: true);
        await using SslStream client = await ConnectAsync(server, SslProtocols.Tls13);

        await client.WriteAsync("question"u8.ToArray());
        await client.ShutdownAsync();
        using var reader = new StreamReader(client);
        string answer = await reader.ReadToEndAsync().WaitAsync(Guard);

        Assert.Equal("answer after the end", answer);
    }

    [Fact]
    public async Task A_client_that_is_cut_off_without_close_notify_does_not_hold_the_channel()
    {
        var closed = new TaskCompletionSource();
        IChannel server = await ListenAsync(EnginePair.ServerSettings(), () => new ClosedSignal(closed));
        SslStream client = await ConnectAsync(server, SslProtocols.Tls13);

        client.Dispose();

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_certificate_is_required_verified_off_the_loop_and_seen_with_its_chain()
    {
        var chain = new TaskCompletionSource<int>();
        int loopThread = 0;
        int verifyThread = 0;
        ServerTlsSettings settings = new(TestCertificates.Server, true)
        {
            RevocationMode = X509RevocationMode.Online,
            TrustedAuthorities = [TestCertificates.Authority],
            RemoteCertificateValidation = (_, certificate, built, _) =>
            {
                verifyThread = Environment.CurrentManagedThreadId;
                chain.TrySetResult(built!.ChainElements.Count);
                return certificate != null;
            },
        };
        IChannel server = await ListenAsync(settings, () => new ThreadTeller(id => loopThread = id));
        await using SslStream client = await ConnectAsync(server, SslProtocols.Tls13, TestCertificates.Client);

        await client.WriteAsync("x"u8.ToArray());
        int echoed = await client.ReadAsync(new byte[1]).AsTask().WaitAsync(Guard);

        Assert.Equal(1, echoed);
        Assert.Equal(2, await chain.Task.WaitAsync(Guard));
        Assert.NotEqual(loopThread, verifyThread);
    }

    [Fact]
    public async Task Junk_is_answered_by_the_end_of_the_connection()
    {
        IChannel server = await ListenAsync(EnginePair.ServerSettings());
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)server.LocalAddress).WaitAsync(Guard);
        NetworkStream stream = client.GetStream();

        await stream.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        int count = await stream.ReadAsync(new byte[100]).AsTask().WaitAsync(Guard);

        Assert.Equal(0, count);
    }

    private Task<IChannel> ListenAsync(ServerTlsSettings settings, Func<IChannelHandler>? handler = null, bool halfClosure = false) =>
        new ServerBootstrap()
            .Group(_group)
            .Channel<TcpServerSocketChannel>()
            .ChildOption(ChannelOption.AllowHalfClosure, halfClosure)
            .ChildHandler(new ActionChannelInitializer<IChannel>(channel =>
                channel.Pipeline.AddLast(new TlsHandler(settings), handler?.Invoke() ?? new Echo())))
            .BindAsync(IPAddress.Loopback, 0)
            .WaitAsync(Guard);

    private static async Task<SslStream> ConnectAsync(IChannel server, SslProtocols version, X509Certificate2? certificate = null)
    {
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)server.LocalAddress).WaitAsync(Guard);
        var stream = new SslStream(client.GetStream());
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = version,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate != null,
            ClientCertificateContext = certificate == null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
        };
        await stream.AuthenticateAsClientAsync(options).WaitAsync(Guard);
        return stream;
    }

    private class Echo : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message) => context.Write(message);

        public override void ChannelReadComplete(IChannelHandlerContext context) => context.Flush();
    }

    private sealed class ThreadTeller(Action<int> tell) : Echo
    {
        public override void ChannelActive(IChannelHandlerContext context) => tell(Environment.CurrentManagedThreadId);
    }

    private sealed class ClosedSignal(TaskCompletionSource closed) : ChannelHandlerAdapter
    {
        public override void ChannelInactive(IChannelHandlerContext context) => closed.TrySetResult();
    }

    private sealed class Answerer : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message) =>
            DotNetty.Common.Utilities.ReferenceCountUtil.Release(message);

        public override void UserEventTriggered(IChannelHandlerContext context, object evt)
        {
            if (evt is ChannelInputShutdownEvent)
            {
                context.WriteAndFlushAsync(TlsChannels.Text("answer after the end"));
                context.CloseAsync();
            }
        }
    }

    private sealed class Collector(int length, TaskCompletionSource<string> received) : ChannelHandlerAdapter
    {
        private string _text = "";

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            var buffer = (DotNetty.Buffers.IByteBuffer)message;
            _text += buffer.ToString(System.Text.Encoding.ASCII);
            buffer.Release();
            if (_text.Length >= length)
            {
                received.TrySetResult(_text);
            }
        }
    }
}
