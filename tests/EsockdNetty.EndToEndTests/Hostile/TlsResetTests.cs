using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using EsockdNetty.HostileHost;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>Clients that reset in the middle of a handshake, wherever that is.</summary>
public abstract class TlsResetTests(SocketTransport transport, ITestOutputHelper output)
{
    private const int Resets = 300;
    private const int MostHeldAfter = 128 * 1024;
    private const int MostRssGrowth = 64 * 1024 * 1024;

    private static readonly byte[] Message = "and I stay"u8.ToArray();

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_reset_at_any_stage_of_the_handshake_is_counted_and_leaves_nothing(SslProtocols protocol)
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Pipeline, "address=ssl://127.0.0.1:0");
        int whole = await Task.Run(() => WholeHandshake(server.EndPoint, protocol));
        Figures before = await server.UntilAsync(static now => now is { Accepted: 1, Connections: 0, Live: 0 });
        await server.MarkAsync();

        await Task.Run(() => ResetAll(server.EndPoint, protocol, whole));
        Figures after = await server.UntilAsync(static now => now is { Accepted: 1 + Resets, Connections: 0, Live: 0, Pending: 0, HandshakesFailed: >= Resets });
        await TlsPeer.EchoOnceAsync(server.EndPoint, Message);

        output.WriteLine($"{whole} bytes a handshake\nbefore {before}\nafter {after}");
        Assert.Equal(Resets, after.HandshakesFailed);
        Assert.Equal(1, after.HandshakesCompleted);
        Assert.Empty(after.Refused);
        Assert.InRange(after.BytesHeld - before.BytesHeld, -MostHeldAfter, MostHeldAfter);
        Assert.InRange(after.MostRss - before.Rss, 0, MostRssGrowth);
        Assert.Empty(server.Errors);
    }

    private static int WholeHandshake(IPEndPoint server, SslProtocols protocol)
    {
        using var stream = new CutStream(TlsPeer.Connected(server), int.MaxValue, CutStream.Moment.AtOnce);
        using var tls = new SslStream(stream);
        tls.AuthenticateAsClient(TlsClient.Options(protocol));
        int whole = stream.Sent;

        // Not before the server has seen the handshake's end, too.
        tls.Write(Message);
        tls.ReadExactly(new byte[Message.Length]);
        return whole;
    }

    private static void ResetAll(IPEndPoint server, SslProtocols protocol, int whole)
    {
        for (int i = 0; i < Resets; i++)
            ResetOne(TlsPeer.Connected(server), protocol, whole * i / Resets, (CutStream.Moment)(i % 2));
    }

    private static void ResetOne(Socket socket, SslProtocols protocol, int length, CutStream.Moment moment)
    {
        using var stream = new CutStream(socket, length, moment);
        using var tls = new SslStream(stream);
        Assert.ThrowsAny<IOException>(() => tls.AuthenticateAsClient(TlsClient.Options(protocol)));
    }

    public sealed class OnEpoll(ITestOutputHelper output) : TlsResetTests(SocketTransport.Epoll, output);

    public sealed class OnSockets(ITestOutputHelper output) : TlsResetTests(SocketTransport.Sockets, output);
}
