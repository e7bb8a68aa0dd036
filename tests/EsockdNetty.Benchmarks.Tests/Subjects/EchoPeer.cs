using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Tests.Subjects;

/// <summary>A client that compares every byte that comes back with what it sent.</summary>
internal sealed class EchoPeer : IAsyncDisposable
{
    // Smaller than what is sent at once, so that a server meets a full socket.
    private const int ReceiveBufferSize = 8 * 1024;

    private readonly Stream _stream;

    private EchoPeer(Stream stream) => _stream = stream;

    public static async Task<EchoPeer> ConnectAsync(RunningSubject server, CancellationToken deadline)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = ReceiveBufferSize };
        await socket.ConnectAsync(server.EndPoint, deadline);
        var plain = new NetworkStream(socket, ownsSocket: true);
        return new EchoPeer(server.IsTls ? await SecureAsync(plain, deadline) : plain);
    }

    /// <summary>Sends the pieces one after the other, reads as much meanwhile, and fails when it is not the same.</summary>
    public async Task EchoesAsync(IEnumerable<ReadOnlyMemory<byte>> pieces, CancellationToken deadline)
    {
        ReadOnlyMemory<byte>[] all = [.. pieces];
        byte[] expected = [.. all.SelectMany(static piece => piece.ToArray())];

        Task send = SendAllAsync(all, deadline);
        await ReceivesAsync(expected, deadline);
        await send;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> piece, CancellationToken deadline) => await _stream.WriteAsync(piece, deadline);

    public async Task ReceivesAsync(ReadOnlyMemory<byte> expected, CancellationToken deadline)
    {
        byte[] received = new byte[expected.Length];
        await _stream.ReadExactlyAsync(received, deadline);
        Assert.True(expected.Span.SequenceEqual(received), $"the answer differs from byte {expected.Span.CommonPrefixLength(received)} on");
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task SendAllAsync(ReadOnlyMemory<byte>[] pieces, CancellationToken deadline)
    {
        foreach (ReadOnlyMemory<byte> piece in pieces)
            await SendAsync(piece, deadline);
    }

    private static async Task<Stream> SecureAsync(Stream plain, CancellationToken deadline)
    {
        var secured = new SslStream(plain);
        using X509Certificate2 expected = DevelopmentCertificate.Load();
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, certificate, _, _) => expected.Equals(certificate),
        };
        await secured.AuthenticateAsClientAsync(options, deadline);
        return secured;
    }
}
