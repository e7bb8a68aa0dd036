using DotNetty.Buffers;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Handlers.Tests.Tls;

/// <summary>A client and a server channel with a TLS handler each; bytes travel between them only when a test says so.</summary>
internal sealed class TlsChannels : IDisposable
{
    public TlsChannels(TlsSettings? server = null, TlsSettings? client = null, Recorder? serverRecorder = null)
    {
        ServerEvents = serverRecorder ?? new Recorder();
        ServerTls = new TlsHandler(server ?? EnginePair.ServerSettings());
        ClientTls = new TlsHandler(client ?? EnginePair.ClientSettings());
        Server = new EmbeddedChannel(ServerTls, ServerEvents);
        Client = new EmbeddedChannel(ClientTls, ClientEvents);
        Server.RunPendingTasks();
        Client.RunPendingTasks();
    }

    public EmbeddedChannel Server { get; }

    public EmbeddedChannel Client { get; }

    public TlsHandler ServerTls { get; }

    public TlsHandler ClientTls { get; }

    public Recorder ServerEvents { get; }

    public Recorder ClientEvents { get; } = new();

    public static TlsChannels Secured(TlsSettings? server = null, TlsSettings? client = null, Recorder? serverRecorder = null)
    {
        var channels = new TlsChannels(server, client, serverRecorder);
        channels.Exchange();
        Assert.Contains("secured", channels.ServerEvents.Events);
        Assert.Contains("secured", channels.ClientEvents.Events);
        return channels;
    }

    public static IByteBuffer Text(string text) => Unpooled.CopiedBuffer(text, System.Text.Encoding.ASCII);

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

    public void Exchange()
    {
        int moved = 1;
        while (moved > 0)
        {
            moved = Carry(Client, Server) + Carry(Server, Client);
        }
    }

    public static int Carry(EmbeddedChannel from, EmbeddedChannel to)
    {
        byte[] bytes = TakeOutbound(from);
        if (bytes.Length > 0 && to.Open)
        {
            to.WriteInbound(Unpooled.CopiedBuffer(bytes));
        }

        return bytes.Length;
    }

    public void Dispose()
    {
        foreach (EmbeddedChannel channel in new[] { Client, Server })
        {
            channel.Unsafe.CloseForcibly();
            channel.RunPendingTasks();
            channel.ReleaseOutbound();
            channel.ReleaseInbound();
        }
    }
}
