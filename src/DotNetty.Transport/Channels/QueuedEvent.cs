using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels;

/// <summary>An event on its way to the executor of the handler it is for; a handler that was removed meanwhile is passed by.</summary>
internal sealed class QueuedEvent(
    ChannelHandlerContext context,
    Action<ChannelHandlerContext, object?> invoke,
    Action<ChannelHandlerContext, object?> passBy,
    object? argument) : IRunnable
{
    public void Run() => (context.Arrived() ? invoke : passBy)(context, argument);
}
