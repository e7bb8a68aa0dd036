using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DotNetty.Buffers;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;

namespace DotNetty.Handlers.Tests.Tls;

public sealed class TlsHandlerHandshakeTests : LeakFreeTests
{
    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void Tells_of_the_handshake_once_on_both_sides(SslProtocols version)
    {
        using TlsChannels channels = TlsChannels.Secured(EnginePair.ServerSettings(version), EnginePair.ClientSettings(version));

        Assert.Equal(["active", "secured"], channels.ServerEvents.Events);
        Assert.Equal(["active", "secured"], channels.ClientEvents.Events);
        Assert.Same(TlsHandshakeCompletionEvent.Success, channels.ServerEvents.Completion);
        Assert.Equal(version, channels.ServerTls.Protocol);
        Assert.Equal("localhost", channels.ServerTls.ServerName);
        Assert.Equal(TestCertificates.Server, channels.ServerTls.LocalCertificate);
        Assert.Equal(TestCertificates.Server, channels.ClientTls.RemoteCertificate);
    }

    [Fact]
    public void Plaintext_that_came_with_the_handshakes_end_follows_the_event()
    {
        using var channels = new TlsChannels();
        channels.Client.WriteAndFlushAsync(TlsChannels.Text("early"));

        channels.Exchange();

        Assert.Equal(["active", "secured", "read"], channels.ServerEvents.Events);
        Assert.Equal("early"u8, channels.ServerEvents.Received);
    }

    [Fact]
    public void Writes_before_the_handshakes_end_wait_for_it_and_keep_their_order()
    {
        using var channels = new TlsChannels();
        Task first = channels.Client.WriteAsync(TlsChannels.Text("one,"));
        channels.Client.Write(TlsChannels.Text("two,"));
        Task flushed = channels.Client.WriteAndFlushAsync(TlsChannels.Text("three"));
        Task unflushed = channels.Client.WriteAsync(TlsChannels.Text("never"));
        Assert.False(first.IsCompleted);

        channels.Exchange();

        Assert.True(first.IsCompletedSuccessfully);
        Assert.True(flushed.IsCompletedSuccessfully);
        Assert.False(unflushed.IsCompleted);
        Assert.Equal("one,two,three"u8, channels.ServerEvents.Received);
    }

    [Fact]
    public void Writes_that_wait_for_the_handshake_count_for_the_water_marks()
    {
        using var channels = new TlsChannels();
        int high = channels.Client.Configuration.WriteBufferHighWaterMark;

        channels.Client.WriteAndFlushAsync(Unpooled.WrappedBuffer(new byte[high + 1]));
        bool writableBefore = channels.Client.IsWritable;
        channels.Exchange();

        Assert.False(writableBefore);
        Assert.True(channels.Client.IsWritable);
        Assert.Equal(high + 1, channels.ServerEvents.Received.Length);
    }

    [Fact]
    public void What_the_completion_handler_writes_arrives()
    {
        var greeter = new Recorder { OnCompletion = context => context.WriteAndFlushAsync(TlsChannels.Text("welcome")) };

        using TlsChannels channels = TlsChannels.Secured(serverRecorder: greeter);

        Assert.Equal("welcome"u8, channels.ClientEvents.Received);
    }

    [Fact]
    public void A_client_that_sends_three_bytes_and_waits_is_closed_at_the_deadline()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new TlsHandler(EnginePair.ServerSettings()), recorder);
        channel.WriteInbound(Unpooled.WrappedBuffer([22, 3, 1]));

        channel.AdvanceTimeBy(TimeSpan.FromSeconds(9.9));
        bool openBefore = channel.Open;
        channel.AdvanceTimeBy(TimeSpan.FromSeconds(0.1));

        Assert.True(openBefore);
        Assert.False(channel.Open);
        Assert.Equal(["active", "refused", "inactive"], recorder.Events);
        Assert.Equal(TlsHandshakeFailure.TimedOut, Assert.IsType<TlsHandshakeException>(recorder.Completion?.Exception).Reason);
    }

    [Fact]
    public void The_deadline_is_gone_once_the_handshake_is_done()
    {
        using TlsChannels channels = TlsChannels.Secured();

        channels.Server.AdvanceTimeBy(TimeSpan.FromHours(1));

        Assert.True(channels.Server.Open);
        Assert.Equal(["active", "secured"], channels.ServerEvents.Events);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0014\u0014\u0014\u0014\u0014\u0014\u0014")]
    [InlineData("\u0015")]
    public void Junk_on_the_port_is_closed_at_once_with_one_event(string junk)
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new TlsHandler(EnginePair.ServerSettings()), recorder);

        channel.WriteInbound(TlsChannels.Text(junk));

        Assert.False(channel.Open);
        Assert.Equal(["active", "refused", "inactive"], recorder.Events);
        Assert.IsType<NotSslRecordException>(recorder.Completion?.Exception);
    }

    [Fact]
    public void A_connection_that_ends_during_the_handshake_is_told_by_the_event_alone()
    {
        using var channels = new TlsChannels();
        TlsChannels.Carry(channels.Client, channels.Server);

        channels.Server.Unsafe.CloseForcibly();
        channels.Server.RunPendingTasks();

        Assert.Equal(["active", "refused", "inactive"], channels.ServerEvents.Events);
        Assert.Equal(TlsHandshakeFailure.Closed, Assert.IsType<TlsHandshakeException>(channels.ServerEvents.Completion?.Exception).Reason);
    }

    [Fact]
    public void A_reset_during_the_handshake_is_told_by_the_event_alone()
    {
        using var channels = new TlsChannels();
        var reset = new SocketException((int)SocketError.ConnectionReset);

        channels.Server.Pipeline.FireExceptionCaught(reset);
        channels.Server.RunPendingTasks();

        Assert.Equal(["active", "refused", "inactive"], channels.ServerEvents.Events);
        Assert.Same(reset, channels.ServerEvents.Completion?.Exception.InnerException);
    }

    [Fact]
    public void A_reset_that_meets_the_last_alert_is_told_by_the_event_alone()
    {
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new BrokenOnFlush(), new TlsHandler(EnginePair.ServerSettings()), recorder);
        channel.RunPendingTasks();

        // A hello of one byte is answered with an alert.
        channel.WriteInbound(Unpooled.CopiedBuffer([22, 3, 1, 0, 5, 1, 0, 0, 1, 0]));
        channel.RunPendingTasks();
        channel.ReleaseOutbound();

        Assert.Equal(["active", "refused", "inactive"], recorder.Events);
        Assert.IsAssignableFrom<AuthenticationException>(recorder.Completion?.Exception);
    }

    [Fact]
    public void Queued_writes_fail_with_the_handshake()
    {
        using var channels = new TlsChannels(client: new ClientTlsSettings("localhost"));
        Task write = channels.Client.WriteAndFlushAsync(TlsChannels.Text("secret"));

        channels.Exchange();

        Assert.Equal(["active", "refused", "inactive"], channels.ClientEvents.Events);
        Assert.IsAssignableFrom<AuthenticationException>(channels.ClientEvents.Completion?.Exception);
        Assert.IsAssignableFrom<AuthenticationException>(write.Exception?.InnerException);
        Assert.Empty(channels.ServerEvents.Received);
    }

    [Fact]
    public void Begins_at_once_on_a_channel_that_is_active_already()
    {
        var events = new Recorder();
        using var client = new TlsChannels();
        var server = new EmbeddedChannel(events);
        server.WriteInbound(TlsChannels.Text("STARTTLS"));

        server.Pipeline.AddFirst(new TlsHandler(EnginePair.ServerSettings()));
        for (int i = 0; i < 4; i++)
        {
            TlsChannels.Carry(client.Client, server);
            TlsChannels.Carry(server, client.Client);
        }

        Assert.Equal(["active", "read", "secured"], events.Events);
        Assert.Contains("secured", client.ClientEvents.Events);
        server.Unsafe.CloseForcibly();
        server.RunPendingTasks();
        server.ReleaseOutbound();
    }

    [Fact]
    public void Without_automatic_reading_the_handshake_reads_for_itself_and_plaintext_waits_to_be_asked_for()
    {
        var events = new Recorder();
        var server = new EmbeddedChannel(EmbeddedChannelId.Instance, false, false, new TlsHandler(EnginePair.ServerSettings()), events);
        server.Configuration.AutoRead = false;
        server.Register();
        server.RunPendingTasks();
        using var channels = new TlsChannels();
        channels.Client.WriteAndFlushAsync(TlsChannels.Text("early"));

        bool readsForItself = server.ReadPending;
        TlsChannels.Carry(channels.Client, server);
        bool readsOn = server.ReadPending;
        TlsChannels.Carry(server, channels.Client);
        TlsChannels.Carry(channels.Client, server);
        string[] unasked = [.. events.Events];
        server.Read();
        server.RunPendingTasks();

        Assert.True(readsForItself);
        Assert.True(readsOn);
        Assert.Equal(["active", "secured"], unasked);
        Assert.Equal(["active", "secured", "read"], events.Events);
        Assert.Equal("early"u8, events.Received);
        server.Unsafe.CloseForcibly();
        server.RunPendingTasks();
        server.ReleaseOutbound();
    }

    [Fact]
    public void Uses_the_stream_of_the_users_factory()
    {
        SslStream? made = null;
        var client = new TlsHandler(stream => made = new SslStream(stream, true, (_, certificate, _, _) => certificate != null), new ClientTlsSettings("localhost"));
        var events = new Recorder();
        var channel = new EmbeddedChannel(client, events);
        channel.RunPendingTasks();
        using var channels = new TlsChannels();
        for (int i = 0; i < 4; i++)
        {
            TlsChannels.Carry(channel, channels.Server);
            TlsChannels.Carry(channels.Server, channel);
        }

        Assert.NotNull(made);
        Assert.Equal(["active", "secured"], events.Events);
        channel.Unsafe.CloseForcibly();
        channel.RunPendingTasks();
        channel.ReleaseOutbound();
    }

    [Fact]
    public void A_stream_factory_that_throws_never_leaves_the_connection_in_the_clear()
    {
        var handler = new TlsHandler(_ => throw new TimeZoneNotFoundException(), EnginePair.ServerSettings());
        var channel = new EmbeddedChannel(new Recorder());

        channel.Pipeline.AddFirst(handler);
        channel.RunPendingTasks();

        Assert.False(channel.Open);
    }

    [Fact]
    public void A_certificate_without_its_key_refuses_the_connection()
    {
        using X509Certificate2 keyless = X509CertificateLoader.LoadCertificate(TestCertificates.Server.RawData);
        var events = new Recorder();
        var channel = new EmbeddedChannel(new TlsHandler(new ServerTlsSettings(keyless)), events);

        channel.RunPendingTasks();

        Assert.False(channel.Open);
        Assert.Equal(["active", "refused", "inactive"], events.Events);
    }

    /// <summary>The peer's reset is found by the first write.</summary>
    private sealed class BrokenOnFlush : ChannelHandlerAdapter
    {
        public override void Flush(IChannelHandlerContext context)
        {
            context.Flush();
            context.FireExceptionCaught(new SocketException((int)SocketError.ConnectionReset));
        }
    }
}
