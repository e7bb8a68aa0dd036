#nullable disable
namespace DotNetty.Transport.Channels.Groups;

/// <summary>Ready-made matchers.</summary>
public static class ChannelMatchers
{
    private static readonly IChannelMatcher Everything = new Condition(static _ => true);
    private static readonly IChannelMatcher Servers = new Condition(static channel => channel is IServerChannel);
    private static readonly IChannelMatcher NoServers = new Condition(static channel => channel is not IServerChannel);

    public static IChannelMatcher All() => Everything;

    public static IChannelMatcher Is(IChannel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return new Condition(other => ReferenceEquals(other, channel));
    }

    public static IChannelMatcher IsNot(IChannel channel) => Invert(Is(channel));

    public static IChannelMatcher IsInstanceOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new Condition(type.IsInstanceOfType);
    }

    public static IChannelMatcher IsNotInstanceOf(Type type) => Invert(IsInstanceOf(type));

    public static IChannelMatcher IsServerChannel() => Servers;

    public static IChannelMatcher IsNonServerChannel() => NoServers;

    public static IChannelMatcher Invert(IChannelMatcher matcher)
    {
        ArgumentNullException.ThrowIfNull(matcher);
        return new Condition(channel => !matcher.Matches(channel));
    }

    /// <summary>Matches what all of <paramref name="matchers"/> match.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static IChannelMatcher Compose(params IChannelMatcher[] matchers)
    {
        ArgumentNullException.ThrowIfNull(matchers);
        if (matchers.Length == 0)
        {
            throw new ArgumentException("There is nothing to compose.", nameof(matchers));
        }

        return matchers.Length == 1 ? matchers[0] : new Condition(channel => Array.TrueForAll(matchers, matcher => matcher.Matches(channel)));
    }

    private sealed class Condition(Func<IChannel, bool> holds) : IChannelMatcher
    {
        public bool Matches(IChannel channel) => holds(channel);
    }
}
