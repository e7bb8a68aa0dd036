using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DotNetty.Handlers.Tls;

namespace DotNetty.Handlers.Tests.Tls;

public sealed class SslStreamEngineHandshakeTests
{
    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void Agrees_on_the_version_and_tells_what_was_negotiated(SslProtocols version)
    {
        using EnginePair pair = EnginePair.Established(version);

        Assert.Equal(version, pair.Client.Engine.Protocol);
        Assert.Equal(version, pair.Server.Engine.Protocol);
        Assert.Equal(pair.Client.Engine.CipherSuite, pair.Server.Engine.CipherSuite);
        Assert.NotEqual(0, (int)pair.Client.Engine.CipherSuite);
        Assert.Equal("localhost", pair.Server.Engine.ServerName);
        Assert.Equal(TestCertificates.Server, pair.Client.Engine.RemoteCertificate);
        Assert.Equal(TestCertificates.Server, pair.Server.Engine.LocalCertificate);
        Assert.Null(pair.Server.Engine.RemoteCertificate);
    }

    [Fact]
    public void Takes_the_newest_version_by_default()
    {
        using var pair = new EnginePair();

        pair.Exchange();

        Assert.Equal(SslProtocols.Tls13, pair.Server.Engine.Protocol);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void Survives_one_byte_at_a_time(SslProtocols version)
    {
        using EnginePair pair = EnginePair.Established(version, () => 1);

        pair.Client.Engine.Send("ping"u8.ToArray());
        pair.Exchange();

        Assert.Equal("ping"u8, pair.Server.Plaintext.Take());
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void Survives_any_cut_of_the_ciphertext(SslProtocols version)
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            using EnginePair pair = EnginePair.Established(version, () => random.Next(1, 700));

            pair.Client.Engine.Send("ping"u8.ToArray());
            pair.Server.Engine.Send("pong"u8.ToArray());
            pair.Exchange();

            Assert.Equal("ping"u8, pair.Server.Plaintext.Take());
            Assert.Equal("pong"u8, pair.Client.Plaintext.Take());
        }
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void Keeps_data_that_comes_in_one_piece_with_the_end_of_the_handshake(SslProtocols version)
    {
        using var pair = new EnginePair(EnginePair.ServerSettings(version), EnginePair.ClientSettings(version));

        while (pair.Client.State != TlsEngineState.Established)
        {
            pair.Carry(pair.Client, pair.Server);
            pair.Carry(pair.Server, pair.Client);
        }
        pair.Client.Engine.Send("early"u8.ToArray());
        pair.Carry(pair.Client, pair.Server);

        Assert.Equal(TlsEngineState.Established, pair.Server.State);
        Assert.Equal("early"u8, pair.Server.Plaintext.Take());
    }

    [Fact]
    public void Agrees_on_an_application_protocol()
    {
        ServerTlsSettings server = new(TestCertificates.Server) { ApplicationProtocols = [new("mqtt"), SslApplicationProtocol.Http11] };
        ClientTlsSettings client = new("localhost")
        {
            TrustedAuthorities = [TestCertificates.Authority],
            ApplicationProtocols = [SslApplicationProtocol.Http11],
        };
        using var pair = new EnginePair(server, client);

        pair.Exchange();

        Assert.Equal(SslApplicationProtocol.Http11, pair.Client.Engine.ApplicationProtocol);
        Assert.Equal(SslApplicationProtocol.Http11, pair.Server.Engine.ApplicationProtocol);
    }

    [Fact]
    public void Fails_without_an_application_protocol_in_common()
    {
        ServerTlsSettings server = new(TestCertificates.Server) { ApplicationProtocols = [new("mqtt")] };
        ClientTlsSettings client = new("localhost")
        {
            TrustedAuthorities = [TestCertificates.Authority],
            ApplicationProtocols = [SslApplicationProtocol.Http11],
        };
        using var pair = new EnginePair(server, client);

        pair.Exchange();

        Assert.Equal(TlsEngineState.Failed, pair.Server.State);
        Assert.Equal(TlsEngineState.Failed, pair.Client.State);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void Resumes_a_session_between_connections_of_the_same_settings(SslProtocols version)
    {
        // The platform keeps a session a certificate and a host name in the process: names of its own keep other tests' sessions out.
        string host = $"resumption-{version}.test";
        using X509Certificate2 certificate = TestCertificates.CreateServer(host);
        var server = new ServerTlsSettings(certificate, false, false, version);
        var client = new ClientTlsSettings(version, false, [], host) { TrustedAuthorities = [TestCertificates.Authority] };
        bool first = ConnectOnce(server, client);

        bool second = ConnectOnce(server, client);

        Assert.False(first);
        Assert.True(second);
    }

    [Fact]
    public void Gives_up_when_the_handshake_is_cut_off()
    {
        using var pair = new EnginePair();
        byte[] hello = pair.Client.Ciphertext.Take();

        pair.Server.Engine.Receive(hello.AsMemory(0, 3));
        pair.Server.Engine.ReceiveEnd();

        Assert.Equal(TlsEngineState.Failed, pair.Server.State);
        Assert.Equal(TlsHandshakeFailure.Closed, Assert.IsType<TlsHandshakeException>(pair.Server.Engine.Failure).Reason);
    }

    [Fact]
    public void Can_be_aborted_in_the_middle_of_a_handshake()
    {
        using var pair = new EnginePair();
        var late = new TlsHandshakeException(TlsHandshakeFailure.TimedOut, "late");

        pair.Carry(pair.Client, pair.Server);
        pair.Server.Engine.Abort(late);
        pair.Server.Engine.Receive("ignored"u8.ToArray());

        Assert.Same(late, pair.Server.Engine.Failure);
        Assert.Equal(TlsEngineState.Failed, pair.Server.State);
    }

    [Fact]
    public async Task Verification_that_may_wait_for_the_network_is_asked_for_and_done_where_the_caller_wants()
    {
        ClientTlsSettings settings = new(SslProtocols.Tls13, true, [], "localhost")
        {
            TrustedAuthorities = [TestCertificates.Authority],
            RemoteCertificateValidation = (_, certificate, _, _) => certificate != null,
        };
        using var pair = new EnginePair(client: settings);

        pair.Carry(pair.Client, pair.Server);
        pair.Carry(pair.Server, pair.Client);
        TlsEngineState before = pair.Client.State;
        await Task.Run(pair.Client.Engine.Verify).WaitAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(TlsEngineState.WantsVerification, before);
        Assert.Equal(TlsEngineState.Established, pair.Client.State);
    }

    [Fact]
    public async Task Refuses_renegotiation()
    {
        (Stream near, Stream far) = await LoopbackStreams.ConnectAsync();
        await using var peer = new SslStream(far);
        var client = new EngineSide(EnginePair.ClientSettings(SslProtocols.Tls12));
        client.Engine.Start();
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificate = TestCertificates.Server,
            EnabledSslProtocols = SslProtocols.Tls12,
            AllowRenegotiation = true,
        };
        Task renegotiated = RenegotiateAsync(peer, options);

        await client.PumpAsync(near).WaitAsync(TimeSpan.FromSeconds(5));
        near.Dispose();

        Assert.Equal(TlsEngineState.Failed, client.State);
        Assert.Equal(SslProtocols.Tls12, client.Engine.Protocol);
        await Assert.ThrowsAnyAsync<Exception>(() => renegotiated).WaitAsync(TimeSpan.FromSeconds(5));
    }

    private static async Task RenegotiateAsync(SslStream peer, SslServerAuthenticationOptions options)
    {
        await peer.AuthenticateAsServerAsync(options);
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            await peer.NegotiateClientCertificateAsync();
        }
    }

    private static bool ConnectOnce(ServerTlsSettings server, ClientTlsSettings client)
    {
        using var pair = new EnginePair(server, client);
        pair.Exchange();
        Assert.Equal(TlsEngineState.Established, pair.Client.State);
        pair.Server.Engine.Send("x"u8.ToArray());
        pair.Exchange();
        pair.Client.Engine.SendClose();
        pair.Server.Engine.SendClose();
        pair.Exchange();
        Assert.Equal(pair.Client.Engine.IsSessionReused, pair.Server.Engine.IsSessionReused);
        return pair.Server.Engine.IsSessionReused;
    }
}
