using System.Net;
using System.Net.Sockets;

namespace EsockdNetty.EndToEndTests.Server;

/// <summary>A client in the middle of a {packet,4} frame: as long as it is, its connection is not quiet.</summary>
internal sealed class HalfFrame : IDisposable
{
    public static readonly byte[] Whole = [0, 0, 0, 4, 1, 2, 3, 4];

    private const int Half = 5;

    private readonly TcpClient _client = new();

    public HalfFrame(IPEndPoint server)
    {
        _client.Connect(server);
        _client.GetStream().Write(Whole.AsSpan(0, Half));
    }

    /// <summary>Sends the rest and reads the answer, until the server ends the connection.</summary>
    public async Task<byte[]> FinishAsync(CancellationToken deadline)
    {
        using var answer = new MemoryStream();
        await _client.GetStream().WriteAsync(Whole.AsMemory(Half), deadline);
        await _client.GetStream().CopyToAsync(answer, deadline);
        return answer.ToArray();
    }

    public void Dispose() => _client.Dispose();
}
