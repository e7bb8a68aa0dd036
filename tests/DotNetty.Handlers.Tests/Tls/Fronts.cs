using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Handlers.Tests.Tls;

/// <summary>The two handlers a hostile client can meet first. Both share one settings object, so that a certificate's context is made once.</summary>
internal static class Fronts
{
    public const string Tls = nameof(TlsHandler);
    public const string Sni = nameof(SniHandler);

    private static readonly ServerTlsSettings Settings = EnginePair.ServerSettings();
    private static readonly ServerTlsSniSettings SniSettings = new(_ => Task.FromResult(Settings));

    public static IChannelHandler Make(string front) => front == Sni ? new SniHandler(SniSettings) : new TlsHandler(Settings);

    public static EmbeddedChannel Channel(string front, Recorder events)
    {
        var channel = new EmbeddedChannel(Make(front), events);
        channel.RunPendingTasks();
        return channel;
    }
}
