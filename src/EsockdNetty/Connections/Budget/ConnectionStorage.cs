using DotNetty.Transport.Channels;

namespace EsockdNetty.Connections.Budget;

/// <summary>What one connection keeps in buffers. On its loop only.</summary>
internal static class ConnectionStorage
{
    /// <summary>Bytes of storage of messages begun and not ended, and of what waits to be sent.</summary>
    public static long Of(IChannel channel)
    {
        long bytes = channel.Unsafe.OutboundBuffer?.PendingStorage() ?? 0;
        foreach (IChannelHandler handler in channel.Pipeline)
        {
            bytes += handler is IStorageHolder holder ? holder.HeldStorage : 0;
        }

        return bytes;
    }
}
