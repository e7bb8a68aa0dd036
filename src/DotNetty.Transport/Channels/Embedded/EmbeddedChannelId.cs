#nullable disable
namespace DotNetty.Transport.Channels.Embedded;

/// <summary>The id that embedded channels share when they are given none.</summary>
public sealed class EmbeddedChannelId : IChannelId
{
    public static readonly EmbeddedChannelId Instance = new();

    private EmbeddedChannelId()
    {
    }

    public string AsShortText() => "embedded";

    public string AsLongText() => "embedded";

    public int CompareTo(IChannelId other) => other is EmbeddedChannelId ? 0 : string.CompareOrdinal(AsLongText(), other?.AsLongText());

    public override bool Equals(object obj) => obj is EmbeddedChannelId;

    public override int GetHashCode() => 0;

    public override string ToString() => "embedded";
}
