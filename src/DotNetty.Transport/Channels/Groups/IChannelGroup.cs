#nullable disable
namespace DotNetty.Transport.Channels.Groups;

/// <summary>
/// A set of channels that are spoken to together. A channel that is closed leaves by itself. Server channels are kept apart: nothing is written
/// to them. Every operation takes the members it finds at its call; its task ends when all of them have ended and faults with a
/// <see cref="ChannelGroupException"/> that names those that failed.
/// </summary>
public interface IChannelGroup : ICollection<IChannel>, IComparable<IChannelGroup>
{
    string Name { get; }

    /// <returns>The member with this id, or null.</returns>
    IChannel Find(IChannelId id);

    /// <summary>
    /// Writes to all members that are connections. The message is the group's from then on; each member gets a view of the same bytes.
    /// </summary>
    Task WriteAsync(object message);

    /// <inheritdoc cref="WriteAsync(object)"/>
    Task WriteAsync(object message, IChannelMatcher matcher);

    /// <summary>Writes to all members that are connections, without a promise; a member that fails learns it and is closed.</summary>
    void Write(object message) => Write(message, ChannelMatchers.All());

    /// <inheritdoc cref="Write(object)"/>
    void Write(object message, IChannelMatcher matcher) => _ = WriteAsync(message, matcher);

    IChannelGroup Flush();

    IChannelGroup Flush(IChannelMatcher matcher);

    /// <inheritdoc cref="WriteAsync(object)"/>
    Task WriteAndFlushAsync(object message);

    /// <inheritdoc cref="WriteAsync(object)"/>
    Task WriteAndFlushAsync(object message, IChannelMatcher matcher);

    Task DisconnectAsync();

    Task DisconnectAsync(IChannelMatcher matcher);

    /// <summary>Closes all members, those that accept others first.</summary>
    Task CloseAsync();

    /// <inheritdoc cref="CloseAsync()"/>
    Task CloseAsync(IChannelMatcher matcher);

    Task DeregisterAsync();

    Task DeregisterAsync(IChannelMatcher matcher);

    /// <summary>Closes nothing; ends when the members of now have been closed, by whomever.</summary>
    Task NewCloseFuture();

    /// <inheritdoc cref="NewCloseFuture()"/>
    Task NewCloseFuture(IChannelMatcher matcher);
}
