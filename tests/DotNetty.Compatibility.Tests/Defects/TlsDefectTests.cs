using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using DotNetty.Buffers;
using DotNetty.Handlers.Tls;

namespace DotNetty.Compatibility.Tests.Defects;

/// <summary>What the published TLS handlers did and ours must not.</summary>
public sealed class TlsDefectTests
{
    private const SslProtocols Both = SslProtocols.Tls12 | SslProtocols.Tls13;

    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(20);

    [Fact]
    [Trait("Defect", "D4")]
    public void A_server_by_default_speaks_tls_13_and_nothing_below_12()
    {
        var settings = new ServerTlsSettings(Certificates.Server);

        using TlsPair best = new TlsPair(new TlsHandler(settings), TlsPair.ClientSettings(Both)).Exchange();
        using TlsPair newest = new TlsPair(TlsHandler.Server(Certificates.Server), TlsPair.ClientSettings(SslProtocols.Tls13)).Exchange();

        Assert.Equal(Both, settings.EnabledProtocols);
        Assert.Equal(SslProtocols.Tls13, best.ServerTls?.Protocol);
        Assert.Equal(SslProtocols.Tls13, newest.ServerTls?.Protocol);
    }

    [Theory]
    [Trait("Defect", "D5")]
    [InlineData(0)]
    [InlineData(3)]
    public void A_client_that_says_nothing_or_three_bytes_is_closed_at_the_deadline(int bytes)
    {
        using var pair = new TlsPair(TlsHandler.Server(Certificates.Server), TlsPair.ClientSettings(Both));
        byte[] hello = TlsPair.TakeOutbound(pair.Client);
        pair.Server.WriteInbound(Unpooled.CopiedBuffer(hello, 0, bytes));

        pair.Server.AdvanceTimeBy(LongEnough);

        Assert.False(pair.Server.Open);
        Assert.False(Assert.Single(pair.ServerEvents.Completions).IsSuccessful);
    }

    [Fact]
    [Trait("Defect", "D5")]
    public void A_server_that_says_nothing_is_left_at_the_deadline()
    {
        using var pair = new TlsPair(TlsHandler.Server(Certificates.Server), TlsPair.ClientSettings(Both));

        pair.Client.AdvanceTimeBy(LongEnough);

        Assert.False(pair.Client.Open);
    }

    [Fact]
    [Trait("Defect", "D5")]
    public void An_application_protocol_can_be_agreed_on()
    {
        var server = new ServerTlsSettings(Certificates.Server) { ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] };
        ClientTlsSettings client = new("localhost") { TrustedAuthorities = [Certificates.Authority], ApplicationProtocols = [SslApplicationProtocol.Http11] };

        using TlsPair pair = new TlsPair(new TlsHandler(server), client).Exchange();

        Assert.Equal(SslApplicationProtocol.Http11, pair.ServerTls?.ApplicationProtocol);
    }

    [Theory]
    [Trait("Defect", "D6")]
    [InlineData(SslProtocols.Tls12, false)]
    [InlineData(SslProtocols.Tls13, false)]
    [InlineData(SslProtocols.Tls12, true)]
    [InlineData(SslProtocols.Tls13, true)]
    public void Data_that_arrives_with_the_end_of_the_handshake_is_neither_lost_nor_early(SslProtocols version, bool clientCertificate)
    {
        var server = new ServerTlsSettings(Certificates.Server, clientCertificate, false, version) { TrustedAuthorities = [Certificates.Authority] };
        ClientTlsSettings client = new(version, false, clientCertificate ? [Certificates.Client] : [], "localhost") { TrustedAuthorities = [Certificates.Authority] };
        using var pair = new TlsPair(new TlsHandler(server), client);
        var expected = new StringBuilder();
        for (int i = 0; i < 300; i++)
        {
            expected.Append(i).Append(',');
            pair.Client.WriteAndFlushAsync(Unpooled.CopiedBuffer($"{i},", Encoding.ASCII));
        }

        pair.Exchange();

        Assert.True(Assert.Single(pair.ServerEvents.Completions).IsSuccessful);
        Assert.Equal(expected.ToString(), pair.ServerEvents.Text);
    }

    [Theory]
    [Trait("Defect", "D7")]
    [InlineData(0x14)]
    [InlineData(0x15)]
    [InlineData(0x47)]
    public void Junk_on_a_port_that_chooses_by_name_is_closed_at_once(byte first)
    {
        using var pair = new TlsPair(Sni(_ => Task.FromResult(new ServerTlsSettings(Certificates.Server))), TlsPair.ClientSettings(Both));
        byte[] junk = [.. Enumerable.Repeat(first, 2000)];

        pair.Server.WriteInbound(Unpooled.WrappedBuffer(junk));

        Assert.False(pair.Server.Open);
        Assert.IsType<NotSslRecordException>(Assert.Single(pair.ServerEvents.Completions).Exception);
    }

    [Theory]
    [Trait("Defect", "D8")]
    [InlineData(true)]
    [InlineData(false)]
    public void A_choice_by_name_that_fails_closes_the_channel_without_the_applications_help(bool later)
    {
        var choice = new TaskCompletionSource<ServerTlsSettings>();
        using var pair = new TlsPair(Sni(_ => later ? choice.Task : throw new TimeZoneNotFoundException()), TlsPair.ClientSettings(Both));
        TlsPair.Carry(pair.Client, pair.Server);

        choice.SetException(new TimeZoneNotFoundException());
        pair.Server.RunPendingTasks();

        Assert.False(pair.Server.Open);
        Assert.IsType<TimeZoneNotFoundException>(Assert.Single(pair.ServerEvents.Completions).Exception.InnerException);
    }

    [Fact]
    [Trait("Defect", "D8")]
    public void A_client_hello_in_two_records_is_read_as_one()
    {
        string? asked = null;
        using var pair = new TlsPair(Sni(Choose), TlsPair.ClientSettings(Both));
        byte[] hello = TlsPair.TakeOutbound(pair.Client);
        byte[] rest = hello[25..];

        pair.Server.WriteInbound(Unpooled.WrappedBuffer([22, 3, 1, 0, 20, .. hello[5..25], 22, 3, 1, (byte)(rest.Length >> 8), (byte)rest.Length, .. rest]));

        Assert.Equal("localhost", asked);
        Assert.True(pair.Server.Open);
        Assert.NotEmpty(TlsPair.TakeOutbound(pair.Server));

        Task<ServerTlsSettings> Choose(string name)
        {
            asked = name;
            return Task.FromResult(new ServerTlsSettings(Certificates.Server));
        }
    }

    [Theory]
    [Trait("Defect", "D9")]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void A_close_says_goodbye_so_that_the_peer_can_tell_it_from_a_cut(SslProtocols version)
    {
        using TlsPair pair = new TlsPair(TlsHandler.Server(Certificates.Server), TlsPair.ClientSettings(version)).Exchange();

        pair.Server.CloseAsync();
        byte[] goodbye = TlsPair.TakeOutbound(pair.Server);
        pair.Client.WriteInbound(Unpooled.WrappedBuffer(goodbye));

        // In TLS 1.2 a record shows that it is an alert, in 1.3 it passes for data.
        Assert.Equal(version == SslProtocols.Tls12 ? 21 : 23, goodbye[0]);
        Assert.True(pair.ClientTls.IsCloseNotifyReceived);
    }

    private static SniHandler Sni(Func<string, Task<ServerTlsSettings>> choose) => new(new ServerTlsSniSettings(choose));
}
