using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Handlers.Tests.Tls;

/// <summary>A connection of TLS 1.2 is negotiated once: who asks for it again is refused (CVE-2009-3555, CVE-2011-1473).</summary>
public sealed class RenegotiationTests : IAsyncLifetime
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    private readonly MultithreadEventLoopGroup _group = new(1);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _group.ShutdownGracefullyAsync(TimeSpan.Zero, Guard).WaitAsync(Guard);

    [OpenSslFact]
    public async Task A_client_that_asks_for_it_is_refused()
    {
        var life = new Life();
        IChannel server = await new ServerBootstrap()
            .Group(_group)
            .Channel<TcpServerSocketChannel>()
            .ChildHandler(new ActionChannelInitializer<IChannel>(channel => channel.Pipeline.AddLast(new TlsHandler(EnginePair.ServerSettings()), life)))
            .BindAsync(IPAddress.Loopback, 0)
            .WaitAsync(Guard);
        using Process client = Start(((IPEndPoint)server.LocalAddress).Port);
        Task<string> told = client.StandardError.ReadToEndAsync();
        _ = client.StandardOutput.ReadToEndAsync();

        // s_client takes a line with an R alone for the wish to renegotiate.
        await life.Secured.WaitAsync(Guard);
        await client.StandardInput.WriteLineAsync("R");
        await client.StandardInput.FlushAsync();
        await client.WaitForExitAsync().WaitAsync(Guard);
        await life.Ended.WaitAsync(Guard);

        string text = await told.WaitAsync(Guard);
        Assert.True(text.Contains("RENEGOTIATING", StringComparison.Ordinal), text);
        Assert.Equal(1, life.Handshakes);
        Assert.Equal(1, life.Faults);
    }

    [Fact]
    public async Task A_server_that_asks_for_it_is_left()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = RenegotiateAsync(listener);
        var life = new Life();
        await new Bootstrap()
            .Group(_group)
            .Channel<TcpSocketChannel>()
            .Handler(new ActionChannelInitializer<IChannel>(channel =>
                channel.Pipeline.AddLast(new TlsHandler(EnginePair.ClientSettings(SslProtocols.Tls12)), life)))
            .ConnectAsync((IPEndPoint)listener.LocalEndpoint)
            .WaitAsync(Guard);

        await life.Ended.WaitAsync(Guard);

        Assert.Equal(1, life.Handshakes);
        Assert.Equal(1, life.Faults);
        await Assert.ThrowsAnyAsync<Exception>(() => serving).WaitAsync(Guard);
    }

    private static Process Start(int port)
    {
        var start = new ProcessStartInfo("openssl", ["s_client", "-connect", $"127.0.0.1:{port}", "-tls1_2"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static async Task RenegotiateAsync(TcpListener listener)
    {
        using TcpClient peer = await listener.AcceptTcpClientAsync();
        await using var stream = new SslStream(peer.GetStream());
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = TestCertificates.Server,
            EnabledSslProtocols = SslProtocols.Tls12,
            AllowRenegotiation = true,
        });
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            await stream.NegotiateClientCertificateAsync();
        }
    }

    private sealed class OpenSslFactAttribute : FactAttribute
    {
        public OpenSslFactAttribute()
        {
            string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
            Skip = folders.Any(folder => File.Exists(Path.Combine(folder, "openssl"))) ? null : "openssl is not installed";
            if (Skip is not null)
                Console.WriteLine($"skipped: {Skip}");
        }
    }

    private sealed class Life : ChannelHandlerAdapter
    {
        private readonly TaskCompletionSource _secured = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Secured => _secured.Task;

        public Task Ended => _ended.Task;

        public int Handshakes { get; private set; }

        public int Faults { get; private set; }

        public override void UserEventTriggered(IChannelHandlerContext context, object evt)
        {
            if (evt is TlsHandshakeCompletionEvent { IsSuccessful: true })
            {
                Handshakes++;
                _secured.TrySetResult();
            }
        }

        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => Faults++;

        public override void ChannelInactive(IChannelHandlerContext context) => _ended.TrySetResult();
    }
}
