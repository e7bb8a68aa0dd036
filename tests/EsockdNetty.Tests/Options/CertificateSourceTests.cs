using System.Security.Cryptography.X509Certificates;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Options;

public sealed class CertificateSourceTests
{
    public static TheoryData<CertificateSource, string> Bad => new()
    {
        { CertificateSource.Pem("/nowhere/site.pem", "/nowhere/site-key.pem"), "cannot be read" },
        { CertificateSource.Pem(TestCertificates.At("server.pem"), "/nowhere/site-key.pem"), "cannot be read" },
        { CertificateSource.Pem(TestCertificates.At("server.pem"), TestCertificates.At("client-key.pem")), "belongs to" },
        { CertificateSource.Pem(TestCertificates.At("server.pem")), "key" },
        { CertificateSource.Pem(TestCertificates.At("server-key.pem")), "certificate" },
        { CertificateSource.Pem(TestCertificates.At("make-certs.sh")), "certificate" },
        { CertificateSource.Pfx("/nowhere/site.pfx"), "cannot be read" },
        { CertificateSource.Pfx(TestCertificates.At("server.pfx"), "wrong password"), "password" },
        { CertificateSource.Pfx(TestCertificates.At("server.pem")), "certificate" },
        { CertificateSource.From(X509CertificateLoader.LoadCertificateFromFile(TestCertificates.At("server.pem"))), "no private key" },
    };

    public static TheoryData<CertificateSource> Good =>
    [
        TestCertificates.Server,
        CertificateSource.Pfx(TestCertificates.At("server.pfx")),
        CertificateSource.From(X509CertificateLoader.LoadPkcs12FromFile(TestCertificates.At("server.pfx"), null)),
    ];

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_certificate_is_a_fault_that_says_why(CertificateSource source, string why)
    {
        await using var server = new SocketServer(new SocketServerOptions { Loops = 1 });

        ListenerOptionsException thrown = await Assert.ThrowsAsync<ListenerOptionsException>(() => server.OpenAsync(Options(source), OneListener.Echo));

        OptionFault fault = Assert.Single(thrown.Faults);
        Assert.Equal("Listeners:tls:Tls:Certificate", fault.Option);
        Assert.Contains(why, fault.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.NewLine, thrown.Message, StringComparison.Ordinal);
        Assert.Same(source, fault.Value);
    }

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_good_one_serves(CertificateSource source)
    {
        await using var server = new SocketServer(new SocketServerOptions { Loops = 1 });
        Listener listener = await server.OpenAsync(Options(source), OneListener.Echo);

        using Peer peer = await Peer.ConnectTls(listener);

        Assert.True(await peer.IsServed());
    }

    [Fact]
    public async Task Authorities_that_are_none_are_a_fault()
    {
        ListenerOptions options = Options(TestCertificates.Server);
        options.Tls.ClientAuthorities = TestCertificates.At("make-certs.sh");
        await using var server = new SocketServer(new SocketServerOptions { Loops = 1 });

        ListenerOptionsException thrown = await Assert.ThrowsAsync<ListenerOptionsException>(() => server.OpenAsync(options, OneListener.Echo));

        Assert.Equal("Listeners:tls:Tls:ClientAuthorities", Assert.Single(thrown.Faults).Option);
    }

    private static ListenerOptions Options(CertificateSource source) => new("tls", "ssl://127.0.0.1:0") { Tls = { Certificate = source } };
}
