using DotNetty.Handlers.Tls;

namespace DotNetty.Handlers.Tests.Tls;

public sealed class HandshakeGuardTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("\u0014\u0003\u0003\0\u0001")]
    [InlineData("\u0015\u0003\u0003\0\u0002")]
    [InlineData("\0")]
    [InlineData("\u0016\u0002")]
    [InlineData("\u0016\u0003\u0005")]
    [InlineData("\u0016\u0003\u0001\u007f")]
    [InlineData("\u0016\u0003\u0001\0\u0010\u0002")]
    public void Junk_is_not_tls_from_its_first_wrong_byte_however_it_is_cut(string text)
    {
        byte[] junk = [.. text.Select(c => (byte)c)];
        var whole = new HandshakeGuard(server: true);
        var cut = new HandshakeGuard(server: true);

        Exception? fault = junk.Select(b => cut.Check([b])).FirstOrDefault(found => found != null);

        Assert.IsType<NotSslRecordException>(whole.Check(junk));
        Assert.IsType<NotSslRecordException>(fault);
    }

    [Fact]
    public void A_server_may_begin_with_an_alert()
    {
        var guard = new HandshakeGuard(server: false);

        Exception? fault = guard.Check([21, 3, 3, 0, 2, 2, 40]);

        Assert.Null(fault);
    }

    [Theory]
    [InlineData(64 * 1024, false)]
    [InlineData(64 * 1024 + 1, true)]
    public void A_client_hello_is_taken_up_to_its_limit(int announced, bool refused)
    {
        var guard = new HandshakeGuard(server: true);
        byte[] start = [22, 3, 1, 0x40, 0, 1, (byte)(announced >> 16), (byte)(announced >> 8), (byte)announced];

        Exception? fault = guard.Check(start);

        Assert.Equal(refused, fault is TlsHandshakeException { Reason: TlsHandshakeFailure.ClientHelloTooLarge });
    }

    [Fact]
    public void A_message_header_cut_over_several_records_is_still_judged()
    {
        var guard = new HandshakeGuard(server: true);
        byte[] start = [22, 3, 1, 0, 2, 1, 2, 22, 3, 1, 0, 0, 22, 3, 1, 0, 2, 0, 0];

        Exception? fault = guard.Check(start);

        Assert.Equal(TlsHandshakeFailure.ClientHelloTooLarge, Assert.IsType<TlsHandshakeException>(fault).Reason);
    }

    [Fact]
    public void A_handshake_is_taken_up_to_its_limit()
    {
        var guard = new HandshakeGuard(server: true);
        guard.Check([22, 3, 1, 0x40, 0, 1, 0, 1, 0]);

        Exception? within = guard.Check(new byte[HandshakeGuard.MaxInput - 9]);
        Exception? above = guard.Check(new byte[1]);

        Assert.Null(within);
        Assert.Equal(TlsHandshakeFailure.TooMuchInput, Assert.IsType<TlsHandshakeException>(above).Reason);
    }

    [Fact]
    public void Plaintext_on_the_tls_port_fails_the_engine_at_once()
    {
        using var server = new SslStreamEngine(EnginePair.ServerSettings(), new ByteSink(), new ByteSink());
        server.Start();

        server.Receive("G"u8.ToArray());

        Assert.Equal(TlsEngineState.Failed, server.State);
        Assert.IsType<NotSslRecordException>(server.Failure);
    }
}
