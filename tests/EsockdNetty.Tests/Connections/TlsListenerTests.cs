using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DotNetty.Handlers.Tls;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Connections;

public abstract class TlsListenerTests
{
    protected abstract SocketTransport Transport { get; }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Both_versions_are_served(SslProtocols version)
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, OneListener.Tls);

        using Peer peer = await Peer.ConnectTls(server.Listener, tls => tls.EnabledSslProtocols = version);

        Assert.True(await peer.IsServed());
        Assert.Equal(version, peer.Tls.SslProtocol);
        Assert.Equal((1L, 0L), (server.Listener.Statistics.HandshakesCompleted, server.Listener.Statistics.HandshakesFailed));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, SslProtocols.Tls13)]
    [InlineData(SslProtocols.Tls13, SslProtocols.Tls12)]
    public async Task A_version_that_is_not_enabled_is_refused(SslProtocols enabled, SslProtocols asked)
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options =>
        {
            OneListener.Tls(options);
            options.Tls.Protocols = enabled;
        });

        await Assert.ThrowsAnyAsync<Exception>(() => Peer.ConnectTls(server.Listener, tls => tls.EnabledSslProtocols = asked));

        Assert.Equal("HandshakeFailed 1", server.Endings(1));
        Assert.Equal(1, server.Listener.Statistics.HandshakesFailed);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Much_data_comes_back_unharmed(SslProtocols version)
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, OneListener.Tls);
        using Peer peer = await Peer.ConnectTls(server.Listener, tls => tls.EnabledSslProtocols = version);
        byte[] sent = [.. Enumerable.Range(0, 2_000_000).Select(i => (byte)(i * 7))];

        Task sending = peer.Send(sent);
        byte[] received = await peer.Receive(sent.Length);

        await sending;
        Assert.Equal(sent, received);
    }

    [Theory]
    [InlineData(ClientCertificateMode.None, false, true)]
    [InlineData(ClientCertificateMode.None, true, true)]
    [InlineData(ClientCertificateMode.Optional, false, true)]
    [InlineData(ClientCertificateMode.Optional, true, true)]
    [InlineData(ClientCertificateMode.Required, false, false)]
    [InlineData(ClientCertificateMode.Required, true, true)]
    public async Task Clients_are_asked_for_a_certificate_as_told(ClientCertificateMode mode, bool shown, bool served)
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options =>
        {
            OneListener.Tls(options);
            options.Tls.ClientCertificates = mode;
            options.Tls.ClientAuthorities = TestCertificates.At("ca.pem");
        });

        bool isServed = await IsServed(server, shown ? TestCertificates.Client : null);

        Assert.Equal(served, isServed);
        if (!served)
        {
            Assert.Equal("HandshakeFailed 1", server.Endings(1));
        }
    }

    [Theory]
    [InlineData(ClientCertificateMode.Optional)]
    [InlineData(ClientCertificateMode.Required)]
    public async Task A_client_of_another_authority_is_refused(ClientCertificateMode mode)
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options =>
        {
            OneListener.Tls(options);
            options.Tls.ClientCertificates = mode;
        });

        Assert.False(await IsServed(server, TestCertificates.Client));
        Assert.Equal("HandshakeFailed 1", server.Endings(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_callback_judges_and_sees_the_chain(bool verdict)
    {
        string seen = "";
        await using OneListener server = await Transport.Open(OneListener.Echo, options =>
        {
            OneListener.Tls(options);
            options.Tls.ClientCertificates = ClientCertificateMode.Required;
            options.Tls.ClientAuthorities = TestCertificates.At("ca.pem");
            options.Tls.ClientValidation = (_, certificate, chain, errors) =>
            {
                seen = $"{certificate?.Subject} / {chain?.ChainElements[^1].Certificate.Subject} / {errors}";
                return verdict;
            };
        });

        Assert.Equal(verdict, await IsServed(server, TestCertificates.Client));

        Assert.Contains("development client", seen, StringComparison.Ordinal);
        Assert.Contains("development CA", seen, StringComparison.Ordinal);
        Assert.EndsWith($"/ {SslPolicyErrors.None}", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_can_look_at_the_clients_certificate()
    {
        var told = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using OneListener server = await Transport.Open(
            (session, _) =>
            {
                told.SetResult(session.Channel.Pipeline.Get<TlsHandler>().RemoteCertificate?.Subject);
                return Task.CompletedTask;
            },
            options =>
            {
                OneListener.Tls(options);
                options.Tls.ClientCertificates = ClientCertificateMode.Required;
                options.Tls.ClientAuthorities = TestCertificates.At("ca.pem");
            });

        using Peer peer = await Peer.ConnectTls(server.Listener, tls => tls.ClientCertificates = [TestCertificates.Client]);

        Assert.Contains("development client", await told.Task.WaitAsync(Eventually.Guard), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_application_protocol_is_agreed_on_in_our_order()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options =>
        {
            OneListener.Tls(options);
            options.Tls.Alpn.Add("mqtt");
            options.Tls.Alpn.Add("echo");
        });

        using Peer both = await Peer.ConnectTls(server.Listener, tls => tls.ApplicationProtocols = [new("echo"), new("mqtt")]);
        using Peer one = await Peer.ConnectTls(server.Listener, tls => tls.ApplicationProtocols = [new("echo")]);
        using Peer none = await server.ConnectTls();

        Assert.Equal(["mqtt", "echo", ""], new[] { both, one, none }.Select(peer => peer.Tls.NegotiatedApplicationProtocol.ToString()));
        Assert.True(await none.IsServed());
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\0\0\0\u0001junk")]
    [InlineData("A")]
    public async Task What_is_not_TLS_is_closed_at_once_and_counted_once(string sent)
    {
        var log = new LogLines();
        await using OneListener server = await Transport.Open(OneListener.Echo, OneListener.Tls, new SocketServerOptions { LoggerFactory = log });
        using Peer peer = await server.Connect();

        await peer.Send([.. sent.Select(letter => (byte)letter)]);

        await peer.EndsInOrder();
        peer.Dispose();
        Assert.Equal("NotTls 1", server.Endings(1));
        Assert.Equal((0L, 1L), (server.Listener.Statistics.HandshakesCompleted, server.Listener.Statistics.HandshakesFailed));
        Assert.DoesNotContain(log.All, line => line.Level > LogLevel.Information);
        using Peer good = await server.ConnectTls();
        Assert.True(await good.IsServed());
    }

    [Fact]
    public async Task A_handshake_given_up_is_not_left_for_the_finalizer_to_find()
    {
        const int Strays = 50;
        int found = 0;
        EventHandler<UnobservedTaskExceptionEventArgs> find = (_, args) => found += args.Exception.InnerException is NotSslRecordException ? 1 : 0;
        TaskScheduler.UnobservedTaskException += find;
        await using (OneListener server = await Transport.Open(OneListener.Echo, OneListener.Tls))
        {
            for (int i = 0; i < Strays; i++)
            {
                using Peer peer = await server.Connect();
                await peer.Send("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
                await peer.EndsInOrder();
            }

            Assert.Equal($"NotTls {Strays}", server.Endings(Strays));
        }

        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        TaskScheduler.UnobservedTaskException -= find;
        Assert.Equal(0, found);
    }

    [Fact]
    public async Task Handshakes_that_take_too_long_end()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options =>
        {
            OneListener.Tls(options);
            options.Timeouts.Handshake = TimeSpan.FromMilliseconds(100);
        });
        using Peer silent = await server.Connect();

        await silent.EndsInOrder();
        silent.Dispose();

        Assert.Equal("HandshakeTimeout 1", server.Endings(1));
        Assert.Equal((0L, 1L), (server.Listener.Statistics.Pending, server.Listener.Statistics.HandshakesFailed));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, "raw")]
    [InlineData(SslProtocols.Tls13, "raw")]
    [InlineData(SslProtocols.Tls12, "2")]
    [InlineData(SslProtocols.Tls13, "2")]
    public async Task Bytes_sent_with_the_handshakes_last_flight_reach_the_session(SslProtocols version, string packet)
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options =>
        {
            OneListener.Tls(options);
            options.Packet = PacketType.Parse(packet);
        });
        using var peer = await CoalescingPeer.Connect(server.Listener, version);

        await peer.HandshakeAndSend([0, 3, 1, 2, 3]);

        Assert.Equal([0, 3, 1, 2, 3], await peer.Receive(5));
    }

    [Fact]
    public async Task Silent_clients_over_the_bound_are_reset_the_oldest_first_while_good_ones_pass()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options =>
        {
            OneListener.Tls(options);
            options.Limits.MaxPending = 3;
        });
        var silent = new List<Peer>();
        for (int i = 0; i < 3; i++)
        {
            silent.Add(await server.Connect());
            Eventually.Equal(i + 1, () => server.Listener.Statistics.Pending);
        }

        for (int i = 0; i < 3; i++)
        {
            using Peer good = await server.ConnectTls();
            Assert.True(await good.IsServed());
            Assert.False(await silent[i].EndsInOrder());
            silent.Add(await server.Connect());
            Eventually.Equal(3, () => server.Listener.Statistics.Pending);
        }

        Eventually.Equal(3, () => server.Listener.Statistics.Closed.GetValueOrDefault(CloseReason.PendingOverflow));
        silent.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task A_reply_sent_after_the_peers_close_notify_arrives()
    {
        await using OneListener server = await Transport.Open(
            async (session, closed) =>
            {
                await OneListener.Echo(session, closed);
                await session.SendAsync("late"u8.ToArray(), closed);
            },
            OneListener.Tls);
        using Peer peer = await server.ConnectTls();
        await peer.Send(1);

        await peer.Tls.ShutdownAsync();

        Assert.Equal([1, .. "late"u8], await peer.ReceiveToEnd());
    }

    private static async Task<bool> IsServed(OneListener server, X509Certificate2? certificate)
    {
        try
        {
            using Peer peer = await Peer.ConnectTls(server.Listener, tls => tls.ClientCertificates = certificate is null ? null : [certificate]);
            return await peer.IsServed();
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException)
        {
            return false;
        }
    }

    public sealed class OnEpoll : TlsListenerTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : TlsListenerTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
