using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DotNetty.Handlers.Tls;

namespace DotNetty.Handlers.Tests.Tls;

public sealed class SslStreamEngineCertificateTests
{
    public static TheoryData<SslProtocols> Versions => new() { SslProtocols.Tls12, SslProtocols.Tls13 };

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_required_certificate_is_shown_to_the_server(SslProtocols version)
    {
        using EnginePair pair = Connect(version, ClientCertificateMode.Required, TestCertificates.Client);

        Assert.Equal(TlsEngineState.Established, pair.Server.State);
        Assert.Equal(TestCertificates.Client, pair.Server.Engine.RemoteCertificate);
        Assert.Equal(TestCertificates.Client, pair.Client.Engine.LocalCertificate);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Without_a_required_certificate_the_handshake_fails(SslProtocols version)
    {
        using EnginePair pair = Connect(version, ClientCertificateMode.Required, null);

        Assert.Equal(TlsEngineState.Failed, pair.Server.State);
        Assert.IsAssignableFrom<AuthenticationException>(pair.Server.Engine.Failure);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_client_without_an_optional_certificate_is_served(SslProtocols version)
    {
        using EnginePair pair = Connect(version, ClientCertificateMode.Optional, null);

        Assert.Null(pair.Server.Engine.Failure);
        Assert.Equal(TlsEngineState.Established, pair.Server.State);
        Assert.Null(pair.Server.Engine.RemoteCertificate);
    }

    [Theory]
    [InlineData(ClientCertificateMode.Optional, SslProtocols.Tls12)]
    [InlineData(ClientCertificateMode.Optional, SslProtocols.Tls13)]
    [InlineData(ClientCertificateMode.Required, SslProtocols.Tls12)]
    [InlineData(ClientCertificateMode.Required, SslProtocols.Tls13)]
    public void A_certificate_of_a_strange_authority_is_refused(ClientCertificateMode mode, SslProtocols version)
    {
        using EnginePair pair = Connect(version, mode, TestCertificates.Stranger);

        Assert.Equal(TlsEngineState.Failed, pair.Server.State);
        Assert.IsAssignableFrom<AuthenticationException>(pair.Server.Engine.Failure);
    }

    [Fact]
    public void A_servers_certificate_is_not_a_clients()
    {
        using EnginePair pair = Connect(SslProtocols.Tls13, ClientCertificateMode.Required, TestCertificates.Server);

        Assert.Equal(TlsEngineState.Failed, pair.Server.State);
    }

    [Fact]
    public void A_client_is_not_asked_by_default()
    {
        using EnginePair pair = Connect(SslProtocols.Tls13, ClientCertificateMode.None, TestCertificates.Client);

        Assert.Equal(TlsEngineState.Established, pair.Server.State);
        Assert.Null(pair.Server.Engine.RemoteCertificate);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void The_validation_callback_sees_the_chain_and_has_the_last_word(SslProtocols version)
    {
        string[] chain = [];
        ServerTlsSettings server = new(TestCertificates.Server, true, false, version)
        {
            TrustedAuthorities = [TestCertificates.Authority],
            RemoteCertificateValidation = (_, _, built, _) =>
            {
                chain = [.. built!.ChainElements.Select(element => element.Certificate.Subject)];
                return false;
            },
        };
        using var pair = new EnginePair(server, ClientWith(TestCertificates.Client, version));

        pair.Exchange();

        Assert.Equal(["CN=a client", "CN=Test CA"], chain);
        Assert.Equal(TlsEngineState.Failed, pair.Server.State);
    }

    [Fact]
    public void A_client_refuses_a_server_it_has_no_reason_to_trust()
    {
        using var pair = new EnginePair(client: new ClientTlsSettings("localhost"));

        pair.Exchange();

        Assert.IsAssignableFrom<AuthenticationException>(pair.Client.Engine.Failure);
    }

    [Fact]
    public void A_client_refuses_a_server_of_another_name()
    {
        ClientTlsSettings client = new("example.org") { TrustedAuthorities = [TestCertificates.Authority] };
        using var pair = new EnginePair(client: client);

        pair.Exchange();

        Assert.IsAssignableFrom<AuthenticationException>(pair.Client.Engine.Failure);
    }

    [Fact]
    public void A_callback_that_throws_fails_the_handshake_with_its_exception()
    {
        ClientTlsSettings client = new("localhost") { RemoteCertificateValidation = (_, _, _, _) => throw new TimeZoneNotFoundException("mine") };
        using var pair = new EnginePair(client: client);

        pair.Exchange();

        Assert.Contains("mine", pair.Client.Engine.Failure?.ToString(), StringComparison.Ordinal);
    }

    private static EnginePair Connect(SslProtocols version, ClientCertificateMode mode, X509Certificate2? certificate)
    {
        ServerTlsSettings server = new(TestCertificates.Server, false, false, version)
        {
            ClientCertificateMode = mode,
            TrustedAuthorities = [TestCertificates.Authority],
        };
        var pair = new EnginePair(server, ClientWith(certificate, version));
        pair.Exchange();
        return pair;
    }

    private static ClientTlsSettings ClientWith(X509Certificate2? certificate, SslProtocols version) =>
        new(version, false, certificate == null ? [] : [certificate], "localhost") { TrustedAuthorities = [TestCertificates.Authority] };
}
