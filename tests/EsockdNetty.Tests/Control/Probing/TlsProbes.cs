using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DotNetty.Handlers.Tls;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control.Probing;

/// <summary>How a listener speaks TLS.</summary>
internal static class TlsProbes
{
    private const string OtherName = "CN=other.test";

    public static IReadOnlyList<Probe> All { get; } =
    [
        new("Tls:Certificate", static options => options.Tls.Certificate = CertificateSource.From(SelfSigned()))
        {
            Opened = OneListener.Tls,
            Shows = static async listener =>
            {
                using Newcomer newcomer = await listener.Join(tls: TakeAny);
                Assert.Equal(OtherName, newcomer.Peer.Tls.RemoteCertificate!.Subject);
            },
        },
        new("Tls:Protocols", static options => options.Tls.Protocols = SslProtocols.Tls12)
        {
            Opened = OneListener.Tls,
            Shows = static async listener =>
            {
                using Newcomer newcomer = await listener.Join();
                Assert.Equal(SslProtocols.Tls12, newcomer.Peer.Tls.SslProtocol);
            },
        },
        new("Tls:ClientCertificates", static options => options.Tls.ClientCertificates = ClientCertificateMode.Required)
        {
            Opened = static options => Open(options, ClientCertificateMode.None),
            Shows = static async listener =>
            {
                Assert.False(await listener.ServesTls());
                Assert.True(await listener.ServesTls(Identify));
            },
        },
        new("Tls:ClientAuthorities", static options => options.Tls.ClientAuthorities = TestCertificates.At("server.pem"))
        {
            Opened = static options => Open(options, ClientCertificateMode.Optional),
            Shows = static async listener =>
            {
                Assert.False(await listener.ServesTls(Identify));
                Assert.True(await listener.ServesTls());
            },
        },
        new("Tls:ClientValidation", static options => options.Tls.ClientValidation = static (_, certificate, _, _) => certificate is null)
        {
            Opened = static options => Open(options, ClientCertificateMode.Optional),
            Shows = static async listener =>
            {
                Assert.False(await listener.ServesTls(Identify));
                Assert.True(await listener.ServesTls());
            },
        },
        new("Tls:Alpn", static options => options.Tls.Alpn.Add("echo"))
        {
            Opened = OneListener.Tls,
            Shows = static async listener =>
            {
                using Newcomer newcomer = await listener.Join(tls: static tls => tls.ApplicationProtocols = [new("echo"), new("mqtt")]);
                Assert.Equal(new SslApplicationProtocol("echo"), newcomer.Peer.Tls.NegotiatedApplicationProtocol);
            },
        },
    ];

    private static void Open(ListenerOptions options, ClientCertificateMode clients)
    {
        OneListener.Tls(options);
        options.Tls.ClientCertificates = clients;
        options.Tls.ClientAuthorities = TestCertificates.At("ca.pem");
    }

    private static void Identify(SslClientAuthenticationOptions tls) => tls.ClientCertificates = [TestCertificates.Client];

    private static void TakeAny(SslClientAuthenticationOptions tls)
    {
        tls.CertificateChainPolicy = null;
        tls.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new CertificateRequest(OtherName, key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
