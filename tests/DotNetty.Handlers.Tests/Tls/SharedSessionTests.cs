using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DotNetty.Handlers.Tls;

namespace DotNetty.Handlers.Tests.Tls;

/// <summary>The platform shares sessions between all listeners of one certificate, however differently they treat clients.</summary>
public sealed class SharedSessionTests : IDisposable
{
    private readonly string _host = $"{Guid.NewGuid():N}.test";
    private readonly X509Certificate2 _certificate;

    public SharedSessionTests() => _certificate = TestCertificates.CreateServer(_host);

    public static TheoryData<SslProtocols> Versions => new() { SslProtocols.Tls12, SslProtocols.Tls13 };

    public void Dispose() => _certificate.Dispose();

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_client_that_was_not_asked_elsewhere_can_show_its_certificate_where_one_is_required(SslProtocols version)
    {
        ClientTlsSettings client = Client(version, TestCertificates.Client);
        Converse(Server(version, ClientCertificateMode.None), client).Dispose();

        using EnginePair pair = Converse(Server(version, ClientCertificateMode.Required), client);

        Assert.Null(pair.Server.Engine.Failure);
        Assert.Equal(TestCertificates.Client, pair.Server.Engine.RemoteCertificate);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_session_without_a_certificate_does_not_stand_in_for_a_required_one(SslProtocols version)
    {
        ClientTlsSettings client = Client(version, null);
        Converse(Server(version, ClientCertificateMode.None), client).Dispose();

        using EnginePair pair = Converse(Server(version, ClientCertificateMode.Required, resume: true), client);

        Assert.Equal(TlsEngineState.Failed, pair.Server.State);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_certificate_shown_elsewhere_is_neither_judged_nor_seen_where_none_is_asked_for(SslProtocols version)
    {
        ClientTlsSettings client = Client(version, TestCertificates.Client);
        Converse(Server(version, ClientCertificateMode.Required, resume: true), client).Dispose();

        using EnginePair pair = Converse(Server(version, ClientCertificateMode.None), client);

        Assert.Null(pair.Server.Engine.Failure);
        Assert.True(pair.Server.Engine.IsSessionReused);
        Assert.Null(pair.Server.Engine.RemoteCertificate);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_session_with_a_certificate_can_be_resumed_where_it_is_allowed(SslProtocols version)
    {
        ClientTlsSettings client = Client(version, TestCertificates.Client);
        ServerTlsSettings server = Server(version, ClientCertificateMode.Required, resume: true);
        Converse(server, client).Dispose();

        using EnginePair pair = Converse(server, client);

        Assert.True(pair.Server.Engine.IsSessionReused);
        Assert.Equal(TestCertificates.Client, pair.Server.Engine.RemoteCertificate);
    }

    private static EnginePair Converse(ServerTlsSettings server, ClientTlsSettings client)
    {
        var pair = new EnginePair(server, client);
        pair.Exchange();
        if (pair.Server.State == TlsEngineState.Established)
        {
            pair.Server.Engine.Send("x"u8.ToArray());
            pair.Exchange();
        }

        return pair;
    }

    private ServerTlsSettings Server(SslProtocols version, ClientCertificateMode mode, bool? resume = null) =>
        new(_certificate, false, false, version)
        {
            ClientCertificateMode = mode,
            TrustedAuthorities = [TestCertificates.Authority],
            AllowSessionResumption = resume ?? mode == ClientCertificateMode.None,
        };

    private ClientTlsSettings Client(SslProtocols version, X509Certificate2? certificate) =>
        new(version, false, certificate == null ? [] : [certificate], _host) { TrustedAuthorities = [TestCertificates.Authority] };
}
