using System.Net;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>Clients that connect and then do nothing.</summary>
internal sealed class IdleCrowd(IPEndPoint server, int count) : IDisposable
{
    private readonly RawPeer[] _peers = [.. Enumerable.Range(0, count).Select(_ => new RawPeer(server))];

    public int Count => _peers.Length;

    public void Dispose()
    {
        foreach (RawPeer peer in _peers)
            peer.Dispose();
    }
}
