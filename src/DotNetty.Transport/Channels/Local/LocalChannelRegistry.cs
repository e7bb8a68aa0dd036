using System.Collections.Concurrent;
using System.Net;

namespace DotNetty.Transport.Channels.Local;

/// <summary>Who has which name in this process.</summary>
internal static class LocalChannelRegistry
{
    private static readonly ConcurrentDictionary<LocalAddress, IChannel> Bound = new();

    /// <returns>The name that was taken: the one asked for, or for <see cref="LocalAddress.Any"/> a new one.</returns>
    /// <exception cref="ChannelException">Somebody else has it, or it is no local address.</exception>
    public static LocalAddress Take(IChannel channel, EndPoint? address)
    {
        LocalAddress local = address as LocalAddress
            ?? throw new ChannelException($"{address} is not a {nameof(LocalAddress)}.");
        if (local.Equals(LocalAddress.Any))
        {
            local = LocalAddress.Ephemeral();
        }

        return Bound.TryAdd(local, channel) ? local : throw new ChannelException($"The address {local} is in use.");
    }

    public static void GiveBack(IChannel channel, LocalAddress? address)
    {
        if (address is not null)
        {
            Bound.TryRemove(KeyValuePair.Create(address, channel));
        }
    }

    public static IChannel? Find(EndPoint address) => address is LocalAddress local ? Bound.GetValueOrDefault(local) : null;
}
