using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Connections;

/// <summary>Ends connections for a reason. Any thread.</summary>
public static class ChannelCloseExtensions
{
    /// <summary>Closes in order, what was flushed first, for <paramref name="reason"/> unless there is one already.</summary>
    public static Task CloseBecause(this IChannel channel, CloseReason reason)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ConnectionLease.Of(channel).TrySetCloseReason(reason);
        return channel.CloseAsync();
    }

    /// <summary>Closes at once, what waits to be sent is lost and the peer sees a reset, for <paramref name="reason"/> unless there is one already.</summary>
    public static void ResetBecause(this IChannel channel, CloseReason reason)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ConnectionLease.Of(channel).TrySetCloseReason(reason);
        if (!channel.Registered || channel.EventLoop.InEventLoop)
        {
            channel.Unsafe.CloseForcibly();
        }
        else
        {
            ResetOnLoop(channel);
        }
    }

    private static void ResetOnLoop(IChannel channel)
    {
        try
        {
            channel.EventLoop.Execute(static channel => ((IChannel)channel!).Unsafe.CloseForcibly(), channel);
        }
        catch (RejectedExecutionException)
        {
            // A loop that ends closes what is registered with it.
        }
    }
}
