#nullable disable
namespace DotNetty.Transport.Channels;

/// <summary>Tells one channel from another, across processes and machines.</summary>
public interface IChannelId : IComparable<IChannelId>
{
    /// <summary>A short text, unique in practice within one process.</summary>
    string AsShortText();

    string AsLongText();
}
