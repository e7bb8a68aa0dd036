using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Acme.Hosting;
using Acme.Secure;

namespace DotNetty.Compatibility.Tests.Corpus.Secure;

public sealed class SecureTests : IAsyncLifetime, IDisposable
{
    private readonly X509Certificate2 _certificate = X509CertificateLoader.LoadPkcs12FromFile(
        Path.Combine(RepositoryTree.Root, "certs", "server.pfx"), "");
    private TcpHost? _host;

    public Task InitializeAsync()
    {
        _host = new TcpHost(new SecureServerInitializer(_certificate));
        return Within.Reached(_host.StartAsync());
    }

    public Task DisposeAsync() => Within.Reached(_host!.StopAsync());

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task Client_and_server_of_the_corpus_converse()
    {
        var client = new SecureClient(_certificate.GetCertHashString());

        string reply = await Within.Reached(client.ConverseAsync(_host!.Address, "localhost", "over TLS", "welcome;over TLS".Length));
        await Within.Reached(client.CloseAsync());

        Assert.Equal("welcome;over TLS", reply);
    }

    [Fact]
    public async Task A_certificate_the_client_does_not_know_ends_the_conversation()
    {
        var client = new SecureClient("0123456789");

        await Assert.ThrowsAnyAsync<Exception>(() => Within.Reached(client.ConverseAsync(_host!.Address, "localhost", "over TLS", 16)));
        await Within.Reached(client.CloseAsync());
    }

    [Fact]
    public async Task A_client_of_the_platform_is_greeted()
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(_host!.Address).WaitAsync(Within.Guard);
        await using var tls = new SslStream(tcp.GetStream(), false, (_, certificate, _, _) => certificate?.GetCertHashString() == _certificate.GetCertHashString());
        await Within.Reached(tls.AuthenticateAsClientAsync("localhost"));

        byte[] greeting = new byte["welcome;".Length];
        await Within.Reached(tls.ReadExactlyAsync(greeting).AsTask());

        Assert.Equal("welcome;", Encoding.ASCII.GetString(greeting));
    }
}
