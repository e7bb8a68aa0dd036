using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DotNetty.Handlers.Tls;

namespace DotNetty.Handlers.Tests.Tls;

public sealed class TlsSettingsTests
{
    [Fact]
    public void Defaults_are_the_current_versions_no_revocation_and_finite_deadlines()
    {
        var server = new ServerTlsSettings(TestCertificates.Server);
        var client = new ClientTlsSettings("localhost");

        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, server.EnabledProtocols);
        Assert.Equal(SslProtocols.Tls12 | SslProtocols.Tls13, client.EnabledProtocols);
        Assert.Equal(TimeSpan.FromSeconds(10), server.HandshakeTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), server.CloseNotifyTimeout);
        Assert.False(server.CheckCertificateRevocation);
        Assert.False(server.NegotiateClientCertificate);
        Assert.Empty(client.Certificates);
    }

    [Fact]
    public void Negotiating_a_client_certificate_means_requiring_one()
    {
        var settings = new ServerTlsSettings(TestCertificates.Server, true, true);

        Assert.Equal(ClientCertificateMode.Required, settings.ClientCertificateMode);
        Assert.Equal(X509RevocationMode.Online, settings.RevocationMode);
    }

    [Fact]
    public void One_certificate_context_serves_all_connections()
    {
        var settings = new ServerTlsSettings(TestCertificates.Server);

        Assert.Same(settings.CertificateContext, settings.CertificateContext);
        Assert.Equal(TestCertificates.Server, settings.CertificateContext.TargetCertificate);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void An_endless_handshake_cannot_be_asked_for(int milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClientTlsSettings("localhost") { HandshakeTimeout = TimeSpan.FromMilliseconds(milliseconds) });

    [Fact]
    public void Missing_arguments_are_named()
    {
        Assert.Throws<ArgumentNullException>("certificate", () => new ServerTlsSettings(null!));
        Assert.Throws<ArgumentNullException>("targetHost", () => new ClientTlsSettings(null!));
        Assert.Throws<ArgumentNullException>("certificates", () => new ClientTlsSettings("localhost", null!));
        Assert.Throws<ArgumentNullException>("exception", () => new TlsHandshakeCompletionEvent(null!));
    }

    [Fact]
    public void A_completion_event_knows_how_it_went()
    {
        var failed = new TlsHandshakeCompletionEvent(new AuthenticationException("no"));

        Assert.True(TlsHandshakeCompletionEvent.Success.IsSuccessful);
        Assert.False(failed.IsSuccessful);
        Assert.Contains("no", failed.ToString(), StringComparison.Ordinal);
    }
}
