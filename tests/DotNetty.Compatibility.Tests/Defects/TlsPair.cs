using System.Security.Authentication;
using DotNetty.Buffers;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Compatibility.Tests.Defects;

/// <summary>A client and a server in memory; bytes travel between them only when a test says so.</summary>
internal sealed class TlsPair : IDisposable
{
    public TlsPair(IChannelHandler server, TlsSettings client)
    {
        ServerTls = server as TlsHandler;
        ClientTls = new TlsHandler(client);
        Server = new EmbeddedChannel(server, ServerEvents);
        Client = new EmbeddedChannel(ClientTls, ClientEvents);
        Server.RunPendingTasks();
        Client.RunPendingTasks();
    }

    public EmbeddedChannel Server { get; }

    public EmbeddedChannel Client { get; }

    public TlsHandler? ServerTls { get; }

    public TlsHandler ClientTls { get; }

    public TlsEvents ServerEvents { get; } = new();

    public TlsEvents ClientEvents { get; } = new();

    public static ClientTlsSettings ClientSettings(SslProtocols versions) =>
        new(versions, false, [], "localhost") { TrustedAuthorities = [Certificates.Authority] };

    public static byte[] TakeOutbound(EmbeddedChannel channel)
    {
        var taken = new MemoryStream();
        while (channel.ReadOutbound<IByteBuffer>() is { } buffer)
        {
            taken.Write(buffer.ReadableSpan);
            buffer.Release();
        }

        return taken.ToArray();
    }

    /// <summary>Carries what one side has sent so far to the other, in one piece.</summary>
    public static int Carry(EmbeddedChannel from, EmbeddedChannel to)
    {
        byte[] bytes = TakeOutbound(from);
        if (bytes.Length > 0 && to.Open)
        {
            to.WriteInbound(Unpooled.WrappedBuffer(bytes));
        }

        return bytes.Length;
    }

    public TlsPair Exchange()
    {
        while (Carry(Client, Server) + Carry(Server, Client) > 0)
        {
        }

        return this;
    }

    public void Dispose()
    {
        foreach (EmbeddedChannel channel in new[] { Client, Server })
        {
            channel.Unsafe.CloseForcibly();
            channel.RunPendingTasks();
            channel.ReleaseOutbound();
        }
    }
}
