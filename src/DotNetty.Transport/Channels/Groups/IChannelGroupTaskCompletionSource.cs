#nullable disable
namespace DotNetty.Transport.Channels.Groups;

/// <summary>The outcome of an operation on a group, member by member; enumerates the members' tasks.</summary>
public interface IChannelGroupTaskCompletionSource : IEnumerator<Task>
{
    IChannelGroup Group { get; }

    /// <summary>Who failed and why; null where nobody did, or not all have ended.</summary>
    ChannelGroupException Cause { get; }

    /// <returns>The task of this member, or null.</returns>
    Task Find(IChannel channel);

    /// <returns>True when all have ended well.</returns>
    bool IsSucess();

    /// <returns>True when some members, and not all, have ended well so far.</returns>
    bool IsPartialSucess();

    /// <returns>True when some members, and not all, have failed so far.</returns>
    bool IsPartialFailure();
}
