using System.Net.Security;

namespace EsockdNetty.Tests.Support;

/// <summary>The first bytes of a TLS client, whole, as the system's library sends them.</summary>
internal static class ClientHello
{
    public static byte[] New()
    {
        using var sent = new OneWayStream();
        using var tls = new SslStream(sent);
        Assert.ThrowsAny<IOException>(() => tls.AuthenticateAsClient("localhost"));
        return sent.ToArray();
    }

    /// <summary>Keeps what is written and has nothing to read.</summary>
    private sealed class OneWayStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => 0;

        public override int Read(Span<byte> buffer) => 0;
    }
}
