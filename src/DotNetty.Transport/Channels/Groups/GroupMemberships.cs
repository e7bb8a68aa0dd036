using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels.Groups;

/// <summary>
/// The groups a channel is in. It hangs on the channel and waits for its end once, however many groups the channel joins and leaves: a
/// connection that lives for weeks and changes rooms all the time collects nothing.
/// </summary>
internal sealed class GroupMemberships
{
    private static readonly AttributeKey<GroupMemberships> Key = AttributeKey<GroupMemberships>.NewInstance("DotNetty.Transport.Channels.Groups.Memberships");

    private readonly IChannel _channel;
    private readonly List<DefaultChannelGroup> _groups = new(1);
    private bool _ended;

    private GroupMemberships(IChannel channel) => _channel = channel;

    public static GroupMemberships Of(IChannel channel)
    {
        IAttribute<GroupMemberships> attribute = channel.GetAttribute(Key);
        if (attribute.Get() is { } present)
        {
            return present;
        }

        var created = new GroupMemberships(channel);
        if (attribute.SetIfAbsent(created) is { } other)
        {
            return other;
        }

        channel.CloseCompletion.ContinueWith(
            static (_, memberships) => ((GroupMemberships)memberships!).End(),
            created,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return created;
    }

    /// <returns>False when the channel is closed already.</returns>
    public bool Join(DefaultChannelGroup group)
    {
        lock (_groups)
        {
            if (!_ended)
            {
                _groups.Add(group);
            }

            return !_ended;
        }
    }

    public void Leave(DefaultChannelGroup group)
    {
        lock (_groups)
        {
            _groups.Remove(group);
        }
    }

    private void End()
    {
        DefaultChannelGroup[] left;
        lock (_groups)
        {
            _ended = true;
            left = [.. _groups];
            _groups.Clear();
        }

        foreach (DefaultChannelGroup group in left)
        {
            group.Forget(_channel);
        }
    }
}
