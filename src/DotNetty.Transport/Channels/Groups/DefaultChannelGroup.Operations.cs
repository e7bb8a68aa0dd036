#nullable disable
using DotNetty.Buffers;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels.Groups;

/// <summary>What is done to all members.</summary>
public partial class DefaultChannelGroup
{
    public Task WriteAsync(object message) => WriteAsync(message, ChannelMatchers.All());

    public Task WriteAsync(object message, IChannelMatcher matcher) =>
        Broadcast(message, matcher, static (channel, view) => channel.WriteAsync(view));

    public IChannelGroup Flush() => Flush(ChannelMatchers.All());

    public IChannelGroup Flush(IChannelMatcher matcher)
    {
        ArgumentNullException.ThrowIfNull(matcher);
        foreach (IChannel channel in Members(_connections).Where(matcher.Matches))
        {
            channel.Flush();
        }

        return this;
    }

    public Task WriteAndFlushAsync(object message) => WriteAndFlushAsync(message, ChannelMatchers.All());

    public Task WriteAndFlushAsync(object message, IChannelMatcher matcher) =>
        Broadcast(message, matcher, static (channel, view) => channel.WriteAndFlushAsync(view));

    public void Write(object message) => Write(message, ChannelMatchers.All());

    public void Write(object message, IChannelMatcher matcher)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(matcher);
        try
        {
            foreach (IChannel channel in Members(_connections).Where(matcher.Matches))
            {
                channel.Write(ViewOf(message));
            }
        }
        finally
        {
            ReferenceCountUtil.SafeRelease(message);
        }
    }

    public Task DisconnectAsync() => DisconnectAsync(ChannelMatchers.All());

    public Task DisconnectAsync(IChannelMatcher matcher) => ForAll(matcher, static channel => channel.DisconnectAsync());

    public Task CloseAsync() => CloseAsync(ChannelMatchers.All());

    public Task CloseAsync(IChannelMatcher matcher) => ForAll(matcher, static channel => channel.CloseAsync());

    public Task DeregisterAsync() => DeregisterAsync(ChannelMatchers.All());

    public Task DeregisterAsync(IChannelMatcher matcher) => ForAll(matcher, static channel => channel.DeregisterAsync());

    public Task NewCloseFuture() => NewCloseFuture(ChannelMatchers.All());

    public Task NewCloseFuture(IChannelMatcher matcher) => ForAll(matcher, static channel => channel.CloseCompletion);

    private Task<int> Broadcast(object message, IChannelMatcher matcher, Func<IChannel, object, Task> write)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(matcher);
        Func<IChannel, Task> operation = channel => write(channel, ViewOf(message));
        var writes = new Dictionary<IChannel, Task>();
        try
        {
            foreach (IChannel channel in Members(_connections).Where(matcher.Matches))
            {
                writes[channel] = Guarded(channel, operation);
            }
        }
        finally
        {
            ReferenceCountUtil.SafeRelease(message);
        }

        return new DefaultChannelGroupCompletionSource(this, writes).Task;
    }

    private Task<int> ForAll(IChannelMatcher matcher, Func<IChannel, Task> operation)
    {
        ArgumentNullException.ThrowIfNull(matcher);
        var operations = new Dictionary<IChannel, Task>();
        foreach (IChannel channel in this.Where(matcher.Matches))
        {
            operations[channel] = Guarded(channel, operation);
        }

        return new DefaultChannelGroupCompletionSource(this, operations).Task;
    }

    // A member that fails harms nobody else.
    private static Task Guarded(IChannel channel, Func<IChannel, Task> operation)
    {
        try
        {
            return operation(channel);
        }
        catch (Exception fault)
        {
            return Task.FromException(fault);
        }
    }

    /// <summary>The same bytes with reading and writing positions of the member's own.</summary>
    private static object ViewOf(object message) => message switch
    {
        IByteBuffer buffer => buffer.RetainedDuplicate(),
        IByteBufferHolder holder => holder.RetainedDuplicate(),
        _ => ReferenceCountUtil.Retain(message),
    };
}
