using System.Net.Sockets;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using EsockdNetty.TestSupport;

namespace DotNetty.Handlers.Tests.Tls;

public sealed class TlsHandlerCloseTests : LeakFreeTests
{
    [Fact]
    public void A_close_says_close_notify_and_awaits_the_peers()
    {
        using TlsChannels channels = TlsChannels.Secured();

        Task closing = channels.Client.CloseAsync();
        bool openBefore = channels.Client.Open;
        bool reads = channels.Client.ReadPending;
        channels.Exchange();

        Assert.True(openBefore);
        Assert.True(reads);
        Assert.True(closing.IsCompletedSuccessfully);
        Assert.False(channels.Client.Open);
        Assert.True(channels.ClientTls.IsCloseNotifyReceived);
        Assert.True(channels.ServerTls.IsCloseNotifyReceived);
    }

    [Fact]
    public void A_close_does_not_wait_for_ever()
    {
        using TlsChannels channels = TlsChannels.Secured();

        Task closing = channels.Client.CloseAsync();
        channels.Client.AdvanceTimeBy(TimeSpan.FromSeconds(4.9));
        bool doneBefore = closing.IsCompleted;
        channels.Client.AdvanceTimeBy(TimeSpan.FromSeconds(0.1));

        Assert.False(doneBefore);
        Assert.True(closing.IsCompletedSuccessfully);
        Assert.False(channels.Client.Open);
    }

    [Fact]
    public void A_close_without_waiting_can_be_asked_for()
    {
        ClientTlsSettings impatient = new("localhost") { TrustedAuthorities = [TestCertificates.Authority], CloseNotifyTimeout = TimeSpan.Zero };
        using TlsChannels channels = TlsChannels.Secured(client: impatient);

        Task closing = channels.Client.CloseAsync();
        TlsChannels.Carry(channels.Client, channels.Server);

        Assert.True(closing.IsCompletedSuccessfully);
        Assert.True(channels.ServerTls.IsCloseNotifyReceived);
    }

    [Fact]
    public void What_was_flushed_goes_out_before_close_notify_and_what_was_not_fails()
    {
        using TlsChannels channels = TlsChannels.Secured();
        Task flushed = channels.Client.WriteAndFlushAsync(TlsChannels.Text("last words"));
        Task unflushed = channels.Client.WriteAsync(TlsChannels.Text("never"));

        _ = channels.Client.CloseAsync();
        Task late = channels.Client.WriteAndFlushAsync(TlsChannels.Text("too late"));
        channels.Exchange();

        Assert.True(flushed.IsCompletedSuccessfully);
        Assert.IsType<ClosedChannelException>(unflushed.Exception?.InnerException);
        Assert.IsType<ClosedChannelException>(late.Exception?.InnerException);
        Assert.Equal("last words"u8, channels.ServerEvents.Received);
    }

    [Fact]
    public void The_peers_close_notify_is_the_end_of_the_stream()
    {
        using TlsChannels channels = TlsChannels.Secured();
        channels.Client.WriteAndFlushAsync(TlsChannels.Text("bye"));

        _ = channels.Client.CloseAsync();
        TlsChannels.Carry(channels.Client, channels.Server);

        Assert.Equal(["active", "secured", "read", "inactive"], channels.ServerEvents.Events);
        Assert.Equal("bye"u8, channels.ServerEvents.Received);
        Assert.False(channels.Server.Open);
    }

    [Fact]
    public void Plaintext_that_arrives_while_closing_is_dropped()
    {
        using TlsChannels channels = TlsChannels.Secured();
        channels.Server.WriteAndFlushAsync(TlsChannels.Text("on its way"));

        _ = channels.Client.CloseAsync();
        TlsChannels.Carry(channels.Server, channels.Client);

        Assert.Empty(channels.ClientEvents.Received);
    }

    [Fact]
    public void Closing_twice_is_closing_once()
    {
        using TlsChannels channels = TlsChannels.Secured();

        Task first = channels.Client.CloseAsync();
        Task second = channels.Client.CloseAsync();
        channels.Exchange();

        Assert.True(first.IsCompletedSuccessfully);
        Assert.True(second.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_reset_while_closing_is_nobodys_concern()
    {
        using TlsChannels channels = TlsChannels.Secured();

        Task closing = channels.Client.CloseAsync();
        channels.Client.Pipeline.FireExceptionCaught(new SocketException((int)SocketError.ConnectionReset));
        channels.Client.RunPendingTasks();

        Assert.True(closing.IsCompletedSuccessfully);
        Assert.Empty(channels.ClientEvents.Exceptions);
    }

    [Fact]
    public void A_close_during_the_handshake_ends_it()
    {
        using var channels = new TlsChannels();

        Task closing = channels.Client.CloseAsync();

        Assert.True(closing.IsCompletedSuccessfully);
        Assert.Equal(["active", "refused", "inactive"], channels.ClientEvents.Events);
    }
}
