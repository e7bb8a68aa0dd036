using EsockdNetty.Accepting.Addresses;

namespace EsockdNetty.Connections;

/// <summary>Gives permits to clients, one for each of their connections. The connection's <see cref="ConnectionLease"/> knows whose it was, and gives it back.</summary>
public interface IClientPermitSource
{
    /// <summary>Takes one permit of a client back. Called once for each that was given, on any thread; must not throw.</summary>
    void Release(ClientAddress client);
}
