using DotNetty.Buffers;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Handlers.Tests.Tls;

/// <summary>A client, and a server that chooses by name; bytes travel between them only when a test says so.</summary>
internal sealed class SniChannels : IDisposable
{
    public SniChannels(ServerTlsSniSettings settings, TlsSettings? client = null, bool autoRead = true)
        : this(new SniHandler(settings), client, autoRead)
    {
    }

    public SniChannels(SniHandler sni, TlsSettings? client = null, bool autoRead = true)
    {
        Sni = sni;
        Server = new EmbeddedChannel(EmbeddedChannelId.Instance, false, false, sni, ServerEvents);
        Server.Configuration.AutoRead = autoRead;
        Server.Register();
        Client = new EmbeddedChannel(new TlsHandler(client ?? EnginePair.ClientSettings()), ClientEvents);
        Client.RunPendingTasks();
    }

    public SniHandler Sni { get; }

    public EmbeddedChannel Server { get; }

    public EmbeddedChannel Client { get; }

    public Recorder ServerEvents { get; } = new();

    public Recorder ClientEvents { get; } = new();

    public TlsHandler? ServerTls => Server.Pipeline.Get<TlsHandler>();

    public Exception? Failure => ServerEvents.Completion?.Exception;

    /// <summary>Settings that give everybody the one certificate, and the names asked for.</summary>
    public static ServerTlsSniSettings Choosing(List<string> names, string? defaultName = null) => new(
        name =>
        {
            names.Add(name);
            return Task.FromResult(EnginePair.ServerSettings());
        },
        defaultName);

    public void Exchange()
    {
        int moved = 1;
        while (moved > 0)
        {
            Server.RunPendingTasks();
            moved = TlsChannels.Carry(Client, Server) + TlsChannels.Carry(Server, Client);
        }
    }

    /// <summary>Sends the server bytes in pieces of a size for as long as it takes them.</summary>
    public void Send(byte[] bytes, int cut = int.MaxValue)
    {
        foreach (byte[] part in bytes.Chunk(Math.Min(cut, Math.Max(bytes.Length, 1))))
        {
            if (Server.Open)
            {
                Server.WriteInbound(Unpooled.CopiedBuffer(part));
            }
        }
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
