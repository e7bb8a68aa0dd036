#nullable disable
namespace DotNetty.Transport.Channels.Groups;

/// <summary>Says which members of a group an operation is for.</summary>
public interface IChannelMatcher
{
    /// <returns>True when the operation is for this channel too.</returns>
    bool Matches(IChannel channel);
}
