using System.Net.Security;
using System.Security.Authentication;
using DotNetty.Buffers;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using EsockdNetty.TestSupport;

namespace DotNetty.Handlers.Tests.Tls;

public sealed class SniHandlerTests : LeakFreeTests
{
    private readonly List<string> _names = [];

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void Chooses_by_the_name_and_tells_of_the_handshake_once(SslProtocols version)
    {
        using var channels = new SniChannels(SniChannels.Choosing(_names), EnginePair.ClientSettings(version));
        channels.Client.WriteAndFlushAsync(TlsChannels.Text("early"));

        channels.Exchange();

        Assert.Equal(["localhost"], _names);
        Assert.Equal(["active", "secured", "read"], channels.ServerEvents.Events);
        Assert.Equal("early"u8, channels.ServerEvents.Received);
        Assert.Null(channels.Server.Pipeline.Get<SniHandler>());
        Assert.Equal(version, channels.ServerTls?.Protocol);
    }

    [Fact]
    public void Serves_each_name_with_its_own_certificate()
    {
        using var other = TestCertificates.CreateServer("other.test");
        var settings = new ServerTlsSniSettings(name => Task.FromResult(name == "other.test" ? new ServerTlsSettings(other) : EnginePair.ServerSettings()));
        ClientTlsSettings client = new("other.test") { TrustedAuthorities = [TestCertificates.Authority] };
        using var channels = new SniChannels(settings, client);

        channels.Exchange();

        Assert.Equal(["active", "secured"], channels.ClientEvents.Events);
        Assert.Equal(other, channels.ServerTls?.LocalCertificate);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    public void A_hello_in_many_records_and_reads_is_read_as_one(int record)
    {
        using var channels = new SniChannels(SniChannels.Choosing(_names));
        byte[] hello = ClientHellos.InRecordsOf(record, TlsChannels.TakeOutbound(channels.Client));

        channels.Send(hello[..^1], cut: 1);
        int before = _names.Count;
        channels.Send(hello[^1..]);

        Assert.Equal(0, before);
        Assert.Equal(["localhost"], _names);
        Assert.NotNull(channels.ServerTls);
        Assert.True(channels.Server.Open);
        Assert.NotEmpty(channels.Server.OutboundMessages);
    }

    [Fact]
    public void A_hello_that_arrives_byte_by_byte_leads_to_the_same_end()
    {
        using var channels = new SniChannels(SniChannels.Choosing(_names));
        channels.Send(TlsChannels.TakeOutbound(channels.Client), cut: 1);

        channels.Exchange();

        Assert.Equal(["active", "secured"], channels.ServerEvents.Events);
        Assert.Equal(["active", "secured"], channels.ClientEvents.Events);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("fallback.test", "fallback.test")]
    public void A_client_that_names_nobody_gets_the_default(string? defaultName, string expected)
    {
        ClientTlsSettings byAddress = new("127.0.0.1") { TrustedAuthorities = [TestCertificates.Authority] };
        using var channels = new SniChannels(SniChannels.Choosing(_names, defaultName), byAddress);

        channels.Exchange();

        Assert.Equal([expected], _names);
        Assert.Equal(["active", "secured"], channels.ServerEvents.Events);
    }

    [Fact]
    public void An_internationalised_name_is_chosen_by_as_it_stands_in_dns()
    {
        ClientTlsSettings client = new("bücher.example") { RemoteCertificateValidation = (_, certificate, _, _) => certificate != null };
        using var channels = new SniChannels(SniChannels.Choosing(_names), client);

        channels.Exchange();

        Assert.Equal(["xn--bcher-kva.example"], _names);
        Assert.Equal(["active", "secured"], channels.ServerEvents.Events);
    }

    [Fact]
    public void While_the_choice_is_open_nothing_is_read_and_nothing_lost()
    {
        var choice = new TaskCompletionSource<ServerTlsSettings>();
        using var channels = new SniChannels(new ServerTlsSniSettings(_ => choice.Task));
        byte[] hello = TlsChannels.TakeOutbound(channels.Client);
        bool readsAtFirst = channels.Server.ReadPending;
        channels.Send(hello[..100]);
        bool readsForMore = channels.Server.ReadPending;
        channels.Send(hello[100..]);
        channels.Server.Read();
        bool readsMeanwhile = channels.Server.ReadPending;

        choice.SetResult(EnginePair.ServerSettings());
        bool answersInline = channels.ServerTls != null;
        channels.Server.RunPendingTasks();
        bool readsAfter = channels.Server.ReadPending;
        channels.Exchange();

        Assert.True(readsAtFirst);
        Assert.True(readsForMore);
        Assert.False(readsMeanwhile);
        Assert.False(answersInline);
        Assert.True(readsAfter);
        Assert.Equal(["active", "secured"], channels.ServerEvents.Events);
        Assert.True(channels.Server.Configuration.AutoRead);
    }

    [Fact]
    public void Bytes_that_came_behind_the_hello_reach_the_handler_that_goes_on()
    {
        var choice = new TaskCompletionSource<ServerTlsSettings>();
        using var channels = new SniChannels(new ServerTlsSniSettings(_ => choice.Task));
        byte[] hello = TlsChannels.TakeOutbound(channels.Client);

        // An alert that ends the handshake shows that it was read.
        channels.Send([.. hello, 21, 3, 3, 0]);
        channels.Send([2, 2, 40]);
        choice.SetResult(EnginePair.ServerSettings());
        channels.Server.RunPendingTasks();

        Assert.Equal(["active", "refused", "inactive"], channels.ServerEvents.Events);
        Assert.IsType<AuthenticationException>(channels.Failure);
    }

    [Fact]
    public void Without_automatic_reading_the_handshake_reads_for_itself_and_plaintext_waits_to_be_asked_for()
    {
        using var channels = new SniChannels(SniChannels.Choosing(_names), autoRead: false);
        channels.Client.WriteAndFlushAsync(TlsChannels.Text("early"));
        bool readsForItself = channels.Server.ReadPending;

        channels.Exchange();
        string[] unasked = [.. channels.ServerEvents.Events];
        channels.Server.Read();
        channels.Server.RunPendingTasks();

        Assert.True(readsForItself);
        Assert.Equal(["active", "secured"], unasked);
        Assert.Equal("early"u8, channels.ServerEvents.Received);
        Assert.False(channels.Server.Configuration.AutoRead);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_written_earlier_waits_and_is_never_sent_in_the_clear(bool late)
    {
        var choice = new TaskCompletionSource<ServerTlsSettings>();
        using var channels = new SniChannels(new ServerTlsSniSettings(_ => late ? choice.Task : Task.FromResult(EnginePair.ServerSettings())));
        Task one = channels.Server.WriteAsync(TlsChannels.Text("one,"));
        channels.Server.Write(TlsChannels.Text("two"));
        channels.Server.Flush();
        Task unflushed = channels.Server.WriteAsync(TlsChannels.Text("never"));
        byte[] clear = TlsChannels.TakeOutbound(channels.Server);

        channels.Exchange();
        choice.SetResult(EnginePair.ServerSettings());
        channels.Exchange();

        Assert.Empty(clear);
        Assert.True(one.IsCompletedSuccessfully);
        Assert.False(unflushed.IsCompleted);
        Assert.Equal("one,two"u8, channels.ClientEvents.Received);
    }

    [Fact]
    public void What_waits_counts_for_the_water_marks_and_does_not_keep_the_handshake_waiting()
    {
        using var channels = new SniChannels(SniChannels.Choosing(_names));
        int high = channels.Server.Configuration.WriteBufferHighWaterMark;

        channels.Server.WriteAndFlushAsync(Unpooled.WrappedBuffer(new byte[high + 1]));
        bool writableBefore = channels.Server.IsWritable;
        channels.Exchange();

        Assert.False(writableBefore);
        Assert.True(channels.Server.IsWritable);
        Assert.Equal(high + 1, channels.ClientEvents.Received.Length);
    }

    [Fact]
    public void Uses_the_stream_of_the_users_factory()
    {
        int made = 0;
        var sni = new SniHandler(
            stream =>
            {
                made++;
                return new SslStream(stream, true);
            },
            SniChannels.Choosing(_names));
        using var channels = new SniChannels(sni);

        channels.Exchange();

        Assert.Equal(1, made);
        Assert.Equal(["active", "secured"], channels.ServerEvents.Events);
    }

    [Fact]
    public void Begins_at_once_on_a_channel_that_is_active_already()
    {
        using var channels = new TlsChannels();
        var events = new Recorder();
        var server = new DotNetty.Transport.Channels.Embedded.EmbeddedChannel(events);

        server.Pipeline.AddFirst(new SniHandler(SniChannels.Choosing(_names)));
        for (int i = 0; i < 4; i++)
        {
            TlsChannels.Carry(channels.Client, server);
            TlsChannels.Carry(server, channels.Client);
        }

        Assert.Equal(["active", "secured"], events.Events);
        server.Unsafe.CloseForcibly();
        server.RunPendingTasks();
        server.ReleaseOutbound();
    }

    [Fact]
    public void Wrong_arguments_are_told()
    {
        Assert.Throws<ArgumentNullException>(() => new SniHandler(null));
        Assert.Throws<ArgumentNullException>(() => new SniHandler(null, SniChannels.Choosing(_names)));
        Assert.Throws<ArgumentNullException>(() => new ServerTlsSniSettings(null));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServerTlsSniSettings(_ => null) { HandshakeTimeout = TimeSpan.Zero });
    }

    [Fact]
    public void A_handler_that_is_removed_leaves_no_timer()
    {
        using var channels = new SniChannels(SniChannels.Choosing(_names));
        Task write = channels.Server.WriteAsync(TlsChannels.Text("never"));

        channels.Server.Pipeline.Remove(channels.Sni);

        Assert.Equal(-1, channels.Server.RunScheduledPendingTasks().Ticks);
        Assert.IsType<ClosedChannelException>(write.Exception?.InnerException);
    }
}
