using System.Security.Authentication;
using DotNetty.Handlers.Tls;
using EsockdNetty.Accepting.Access;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control;

/// <summary>Certificates that are replaced on disk under a listener.</summary>
public sealed class ReloadTests : IDisposable
{
    private const string First = "localhost";
    private const string Second = "second.esockd.test";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("esockd-");

    public ReloadTests()
    {
        Put("server.pem", "certificate.pem");
        Put("server-key.pem", "key.pem");
        Put("ca.pem", "authorities.pem");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Transports.Both), MemberType = typeof(Transports))]
    public async Task Newcomers_see_the_new_certificate_after_a_reload_and_not_before(SocketTransport transport)
    {
        await using OneListener server = await Open(transport: transport);
        using Peer living = await Connect(server, First);
        Replace();

        server.Listener.Update(static options => options.Timeouts.Idle = TimeSpan.FromMinutes(7));
        using Peer before = await Connect(server, First);
        server.Listener.ReloadCertificates();
        using Peer after = await Connect(server, Second);

        Assert.True(await living.IsServed() && await before.IsServed() && await after.IsServed());
    }

    [Fact]
    public async Task A_reload_that_fails_names_the_option_and_leaves_the_old_one_in_effect()
    {
        await using OneListener server = await Open();
        Put("second.pem", "certificate.pem");

        ListenerOptionsException refused = Assert.Throws<ListenerOptionsException>(server.Listener.ReloadCertificates);

        Assert.Equal(["Listeners:test:Tls:Certificate"], refused.Faults.Select(static fault => fault.Option));
        using Peer newcomer = await Connect(server, First);
        Assert.True(await newcomer.IsServed());
    }

    [Fact]
    public async Task After_one_that_failed_another_can_succeed()
    {
        await using OneListener server = await Open();
        File.Delete(At("key.pem"));
        Assert.Throws<ListenerOptionsException>(server.Listener.ReloadCertificates);

        Replace();
        server.Listener.ReloadCertificates();

        using Peer newcomer = await Connect(server, Second);
        Assert.True(await newcomer.IsServed());
    }

    [Fact]
    public async Task Authorities_are_read_again_too()
    {
        await using OneListener server = await Open(options =>
        {
            options.Tls.ClientCertificates = ClientCertificateMode.Required;
            options.Tls.ClientAuthorities = At("authorities.pem");
        });
        Assert.True(await IsServed(server));

        Put("server.pem", "authorities.pem");
        server.Listener.ReloadCertificates();
        Assert.False(await IsServed(server));

        File.Delete(At("authorities.pem"));
        ListenerOptionsException refused = Assert.Throws<ListenerOptionsException>(server.Listener.ReloadCertificates);
        Assert.Equal(["Listeners:test:Tls:ClientAuthorities"], refused.Faults.Select(static fault => fault.Option));
    }

    [Fact]
    public async Task Options_changed_since_stay_changed()
    {
        await using OneListener server = await Open();
        server.Listener.Update(static options => options.Limits.MaxConnections = 7);

        server.Listener.ReloadCertificates();

        Assert.Equal((7, 7), (server.Listener.MaxConnections, server.Listener.Options.Limits.MaxConnections));
    }

    [Fact]
    public async Task Rules_changed_by_hand_survive_a_reload_and_other_handlers()
    {
        await using OneListener server = await Open(static options => options.Access.Add("allow all"));
        server.Listener.Access.AddFirst(AccessRule.Parse("deny 127.0.0.1"));

        server.Listener.ReloadCertificates();
        server.Listener.SwapHandlers(OneListener.Echo);
        server.Listener.SwapHandlers(static pipeline => pipeline.AddLast(new EchoHandler()));

        Assert.Equal(["deny 127.0.0.1", "allow all"], server.Listener.Options.Access);
        Assert.True(await Peer.IsRefused(server.Listener));
    }

    [Fact]
    public async Task A_suspended_listener_has_the_new_one_when_it_is_resumed()
    {
        await using OneListener server = await Open();
        await server.Listener.SuspendAsync().WaitAsync(Eventually.Guard);
        Replace();

        server.Listener.ReloadCertificates();
        await server.Listener.ResumeAsync().WaitAsync(Eventually.Guard);

        using Peer newcomer = await Connect(server, Second);
        Assert.True(await newcomer.IsServed());
    }

    [Fact]
    public async Task A_listener_without_TLS_has_nothing_to_reload()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo);

        server.Listener.ReloadCertificates();

        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());
    }

    /// <summary>Fails when the certificate is another's.</summary>
    private static Task<Peer> Connect(OneListener server, string name) => Peer.ConnectTls(server.Listener, tls => tls.TargetHost = name);

    private static async Task<bool> IsServed(OneListener server)
    {
        try
        {
            using Peer peer = await Peer.ConnectTls(server.Listener, static tls => tls.ClientCertificates = [TestCertificates.Client]);
            return await peer.IsServed();
        }
        catch (Exception fault) when (fault is IOException or AuthenticationException)
        {
            return false;
        }
    }

    private Task<OneListener> Open(Action<ListenerOptions>? configure = null, SocketTransport? transport = null) => OneListener.Open(
        OneListener.Echo,
        options =>
        {
            options.Address = "ssl://127.0.0.1:0";
            options.Tls.Certificate = CertificateSource.Pem(At("certificate.pem"), At("key.pem"));
            configure?.Invoke(options);
        },
        transport is { } chosen ? new SocketServerOptions { Transport = chosen } : null);

    private void Replace()
    {
        Put("second.pem", "certificate.pem");
        Put("second-key.pem", "key.pem");
    }

    private void Put(string certificate, string name) => File.Copy(TestCertificates.At(certificate), At(name), overwrite: true);

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
