using System.Security.Authentication;
using DotNetty.Handlers.Tls;

namespace DotNetty.Handlers.Tests.Tls;

/// <summary>A client and a server engine wired back to back; the cut says how many bytes travel at once.</summary>
internal sealed class EnginePair : IDisposable
{
    private readonly Func<int> _cut;

    public EnginePair(ServerTlsSettings? server = null, ClientTlsSettings? client = null, Func<int>? cut = null)
    {
        _cut = cut ?? (() => int.MaxValue);
        Server = new EngineSide(server ?? ServerSettings());
        Client = new EngineSide(client ?? ClientSettings());
        Server.Engine.Start();
        Client.Engine.Start();
    }

    public EngineSide Server { get; }

    public EngineSide Client { get; }

    public static ServerTlsSettings ServerSettings(SslProtocols protocols = SslProtocols.Tls12 | SslProtocols.Tls13) =>
        new(TestCertificates.Server, false, false, protocols);

    public static ClientTlsSettings ClientSettings(SslProtocols protocols = SslProtocols.Tls12 | SslProtocols.Tls13) =>
        new(protocols, false, [], "localhost") { TrustedAuthorities = [TestCertificates.Authority] };

    public static EnginePair Established(SslProtocols protocols, Func<int>? cut = null)
    {
        var pair = new EnginePair(ServerSettings(protocols), ClientSettings(protocols), cut);
        pair.Exchange();
        Assert.Null(pair.Client.Engine.Failure);
        Assert.Null(pair.Server.Engine.Failure);
        Assert.Equal(TlsEngineState.Established, pair.Client.State);
        Assert.Equal(TlsEngineState.Established, pair.Server.State);
        return pair;
    }

    /// <summary>Carries bytes both ways until neither side has any left.</summary>
    public void Exchange()
    {
        while (Client.Ciphertext.Count + Server.Ciphertext.Count > 0)
        {
            Carry(Client, Server);
            Carry(Server, Client);
        }
    }

    public void Carry(EngineSide from, EngineSide to)
    {
        ReadOnlyMemory<byte> bytes = from.Ciphertext.Take();
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(_cut(), bytes.Length);
            to.Engine.Receive(bytes[..count].ToArray());
            bytes = bytes[count..];
        }
    }

    public void Dispose()
    {
        Client.Engine.Dispose();
        Server.Engine.Dispose();
    }
}
