using System.Net;
using System.Net.Security;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.EndToEndTests.Server;

/// <summary>What users of the others ask for, and do not have there.</summary>
public abstract partial class PeersDefectsTests
{
    [Fact]
    public async Task One_address_can_be_limited_and_banned()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo, static options => options.Limits.PerAddress = new(1), OnTransport);
        Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        Assert.True(await Peer.IsRefused(server.Listener));
        first.Dispose();
        Eventually.Equal(0, () => server.Listener.ConnectionCount);

        server.Server.Bans.Ban(IPNetwork.Parse("127.0.0.1/32"), TimeSpan.FromHours(1), "by hand");
        Assert.True(await Peer.IsRefused(server.Listener));
        server.Server.Bans.Lift(IPNetwork.Parse("127.0.0.1/32"));

        using Peer second = await server.Connect();
        Assert.True(await second.IsServed());
    }

    [Theory]
    [InlineData(OverLimit.Refuse)]
    [InlineData(OverLimit.Wait)]
    public async Task Who_comes_over_the_limit_is_refused_or_waits_as_was_chosen(OverLimit chosen)
    {
        await using OneListener server = await OneListener.Open(
            OneListener.Echo, options => (options.Limits.MaxConnections, options.Limits.OverLimit) = (1, chosen), OnTransport);
        Peer first = await server.Connect();
        Assert.True(await first.IsServed());

        if (chosen == OverLimit.Refuse)
        {
            Assert.True(await Peer.IsRefused(server.Listener));
            first.Dispose();
            return;
        }

        using Peer waiting = await server.Connect();
        Eventually.Equal(1, () => server.Listener.Statistics.BacklogDepth);
        first.Dispose();
        Assert.True(await waiting.IsServed());
        Assert.Empty(server.Listener.Statistics.Refused);
    }

    [Fact]
    public async Task Who_was_refused_is_counted_by_the_reason()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo, static options => options.Limits.MaxConnections = 1, OnTransport);
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());

        Assert.True(await Peer.IsRefused(server.Listener));
        server.Listener.Update(static options => options.Access.Add("deny all"));
        Assert.True(await Peer.IsRefused(server.Listener));
        Assert.True(await Peer.IsRefused(server.Listener));

        Eventually.Equal("AccessDenied 2, MaxConnections 1", () => string.Join(", ", server.Listener.Statistics.Refused.Select(static refused => $"{refused.Key} {refused.Value}").Order()));
    }

    [Fact]
    public async Task A_certificate_is_reloaded_while_sessions_live()
    {
        using var folder = new TemporaryFolder();
        (string certificate, string key) = SelfSigned.Write(folder, "first.test");
        await using OneListener server = await OneListener.Open(
            OneListener.Echo, options => (options.Address, options.Tls.Certificate) = ("ssl://127.0.0.1:0", CertificateSource.Pem(certificate, key)), OnTransport);
        using Peer living = await Peer.ConnectTls(server.Listener, TakeAny);
        (string other, string otherKey) = SelfSigned.Write(folder, "second.test");
        File.Copy(other, certificate, overwrite: true);
        File.Copy(otherKey, key, overwrite: true);

        server.Listener.ReloadCertificates();

        using Peer newcomer = await Peer.ConnectTls(server.Listener, TakeAny);
        Assert.Equal(("CN=first.test", "CN=second.test"), (living.Tls.RemoteCertificate!.Subject, newcomer.Tls.RemoteCertificate!.Subject));
        Assert.True(await living.IsServed() && await newcomer.IsServed());
    }

    [Fact]
    public async Task Keepalive_can_be_tuned()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo, static options =>
        {
            options.Socket.KeepAlive = true;
            options.Socket.KeepAliveIdle = TimeSpan.FromSeconds(60);
            options.Socket.KeepAliveInterval = TimeSpan.FromSeconds(10);
            options.Socket.KeepAliveCount = 3;
        }, OnTransport);

        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());

        IChannelConfiguration socket = Assert.Single(server.Listener.Connections).Channel.Configuration;
        Assert.Equal(
            (true, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(10), 3),
            (socket.GetOption(ChannelOption.SoKeepalive), socket.GetOption(ChannelOption.TcpKeepIdle), socket.GetOption(ChannelOption.TcpKeepIntvl), socket.GetOption(ChannelOption.TcpKeepCnt)));
    }

    [Fact]
    public async Task A_program_that_ends_lets_who_is_in_the_middle_of_something_finish()
    {
        await using EchoServerProcess server = await EchoServerProcess.PlainAsync(transport, "--packet", "4", "--drain-timeout", "20");
        using var busy = new HalfFrame(server.EndPoint());

        await server.SignalAsync("TERM");

        Assert.Equal(HalfFrame.Whole, await busy.FinishAsync(Guard.Within(Guard.Event)));
        Assert.True(await server.ExitAsync() == 0, server.ToString());
    }

    private static void TakeAny(SslClientAuthenticationOptions tls)
    {
        tls.CertificateChainPolicy = null;
        tls.RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null;
    }
}
