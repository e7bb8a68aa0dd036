using System.Collections.Concurrent;
using DotNetty.Transport.Channels;

namespace Acme.Chat;

public class ChatRoom
{
    private readonly ConcurrentDictionary<IChannelId, IChannel> _members = new ConcurrentDictionary<IChannelId, IChannel>();

    public int Count => _members.Count;

    public void Join(IChannel channel) => _members.TryAdd(channel.Id, channel);

    public void Leave(IChannel channel) => _members.TryRemove(channel.Id, out _);

    public void Broadcast(string text, IChannel? except = null)
    {
        foreach (IChannel member in _members.Values)
        {
            if (member != except && member.Active && member.IsWritable)
            {
                member.WriteAsync(text);
                member.Flush();
            }
        }
    }

    public Task CloseAllAsync() => Task.WhenAll(_members.Values.Where(member => member.Open).Select(member => member.CloseAsync()));
}
