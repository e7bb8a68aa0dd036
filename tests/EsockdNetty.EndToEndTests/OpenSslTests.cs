using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests;

/// <summary>Of the tests of one transport those that want no options of their own share a server.</summary>
public abstract class OpenSslTests(SocketTransport transport, SharedServer shared)
{
    [PeerTheory("openssl")]
    [InlineData("-tls1_2", "TLSv1.2")]
    [InlineData("-tls1_3", "TLSv1.3")]
    public async Task Echoes_over_the_version_the_client_asks_for(string flag, string version)
    {
        EchoServerProcess server = shared.Server;
        await using var client = new OpenSslClient(server, flag, "-servername", "localhost");

        await client.EchoAsync("echo me");
        int exit = await client.LeaveAsync();

        Assert.True(exit == 0, client.ToString());
        Assert.Contains($"New, {version}, Cipher is", client.Output, StringComparison.Ordinal);
        Assert.Contains("Verify return code: 0 (ok)", client.Output, StringComparison.Ordinal);
    }

    [PeerFact("openssl")]
    public async Task The_certificate_carries_the_name_and_the_address()
    {
        EchoServerProcess server = shared.Server;
        await using var client = new OpenSslClient(server, "-verify_ip", "127.0.0.1");

        await client.EchoAsync("echo me");

        Assert.Contains("Verification: OK", client.Output, StringComparison.Ordinal);
    }

    [PeerTheory("openssl")]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task Resumes_a_session(string flag)
    {
        using var folder = new TemporaryFolder();
        string session = folder.At("session.pem");
        EchoServerProcess server = shared.Server;
        await using (var first = new OpenSslClient(server, flag, "-sess_out", session))
        {
            await first.EchoAsync("echo me");
            await first.LeaveAsync();
        }

        await using var second = new OpenSslClient(server, flag, "-sess_in", session);
        await second.EchoAsync("echo me again");

        Assert.Contains("Reused, TLSv1.", second.Output, StringComparison.Ordinal);
    }

    [PeerTheory("openssl")]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task A_client_with_a_certificate_of_the_authority_is_served(string flag)
    {
        await using EchoServerProcess server = await EchoServerProcess.TlsAsync(transport, "--client-ca", Certificates.Authority);
        await using var client = new OpenSslClient(server, flag, "-cert", Certificates.Client, "-key", Certificates.ClientKey);

        await client.EchoAsync("echo me");

        Assert.Equal(0, await client.LeaveAsync());
    }

    [PeerTheory("openssl")]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task A_client_without_the_certificate_asked_for_is_sent_away(string flag)
    {
        await using EchoServerProcess server = await EchoServerProcess.TlsAsync(transport, "--client-ca", Certificates.Authority);
        await using var client = new OpenSslClient(server, flag);

        int exit = await client.ExitAsync();

        Assert.True(exit != 0, client.ToString());
    }

    [PeerFact("openssl")]
    public async Task A_client_with_a_certificate_of_nobody_known_is_sent_away()
    {
        using var folder = new TemporaryFolder();
        (string certificate, string key) = SelfSigned.Write(folder, "stranger");
        await using EchoServerProcess server = await EchoServerProcess.TlsAsync(transport, "--client-ca", Certificates.Authority);
        await using var client = new OpenSslClient(server, "-tls1_2", "-cert", certificate, "-key", key);

        int exit = await client.ExitAsync();

        Assert.True(exit != 0, client.ToString());
    }

    [PeerFact("openssl")]
    public async Task A_protocol_both_sides_name_is_agreed_upon()
    {
        await using EchoServerProcess server = await EchoServerProcess.TlsAsync(transport, "--alpn", "echo/1", "--alpn", "echo/2");
        await using var client = new OpenSslClient(server, "-alpn", "other,echo/2");

        await client.EchoAsync("echo me");

        Assert.Contains("ALPN protocol: echo/2", client.Output, StringComparison.Ordinal);
    }

    [PeerFact("openssl")]
    public async Task A_version_that_is_not_offered_is_refused()
    {
        await using EchoServerProcess server = await EchoServerProcess.TlsAsync(transport, "--tls", "1.3");
        await using var client = new OpenSslClient(server, "-tls1_2");

        int exit = await client.ExitAsync();

        Assert.True(exit != 0, client.ToString());
    }

    [PeerFact("openssl")]
    public async Task Another_certificate_is_served_when_it_is_named()
    {
        await using EchoServerProcess server = await EchoServerProcess.TlsAsync(
            transport, "--cert", Certificates.At("second.pem"), "--key", Certificates.At("second-key.pem"));
        await using var client = new OpenSslClient(server, "-verify_hostname", "second.esockd.test", "-servername", "second.esockd.test");

        await client.EchoAsync("echo me");

        Assert.Contains("Verification: OK", client.Output, StringComparison.Ordinal);
    }

    [PeerFact("openssl")]
    public async Task A_pfx_serves_as_well_as_pem()
    {
        await using EchoServerProcess server = await EchoServerProcess.TlsAsync(transport, "--cert", Certificates.At("server.pfx"));
        await using var client = new OpenSslClient(server);

        await client.EchoAsync("echo me");

        Assert.Equal(0, await client.LeaveAsync());
    }

    [PeerFact("openssl")]
    public async Task What_is_not_TLS_is_closed_at_once_and_the_next_client_served()
    {
        EchoServerProcess server = shared.Server;
        using EchoClient stray = await EchoClient.ConnectedAsync(server.EndPoint(), Guard.Within(Guard.Event));

        bool echoed = await stray.EchoesAsync(Guard.Within(Guard.Event));

        Assert.False(echoed);
        await using var client = new OpenSslClient(server);
        await client.EchoAsync("echo me");
        Assert.Equal(0, await client.LeaveAsync());
    }

    [PeerTheory("openssl")]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task The_server_says_goodbye_before_it_ends_a_connection(string flag)
    {
        await using EchoServerProcess server = await EchoServerProcess.TlsAsync(transport, "--drain-timeout", "2");
        await using var client = new OpenSslClient(server, flag);
        await client.EchoAsync("echo me");

        await server.SignalAsync("TERM");
        await client.ExitAsync();

        Assert.Contains("closed\n", client.Output, StringComparison.Ordinal);
        Assert.True(await server.ExitAsync() == 0, server.ToString());
    }

    public sealed class OnEpoll(SharedServer.Epoll shared) : OpenSslTests(SocketTransport.Epoll, shared), IClassFixture<SharedServer.Epoll>;

    public sealed class OnSockets(SharedServer.Sockets shared) : OpenSslTests(SocketTransport.Sockets, shared), IClassFixture<SharedServer.Sockets>;
}
