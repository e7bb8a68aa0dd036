using System.Net;

namespace DotNetty.Transport.Channels.Embedded;

/// <summary>Where an embedded channel is.</summary>
internal sealed class EmbeddedSocketAddress : EndPoint
{
    public static readonly EmbeddedSocketAddress Instance = new();

    public override string ToString() => "embedded";
}
