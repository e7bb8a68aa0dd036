using DotNetty.Transport.Channels;

namespace Acme.Login;

/// <summary>Counts its user's messages on the loop's own time, and says hello a little later.</summary>
public class GreeterHandler : ChannelHandlerAdapter
{
    public override void HandlerAdded(IChannelHandlerContext context)
    {
        IChannel channel = context.Channel;
        string name = channel.GetAttribute(LoginHandler.UserKey).Get().Name;
        if (context.Executor.InEventLoop)
        {
            context.Executor.Execute(() => channel.Pipeline.WriteAndFlushAsync("hello " + name));
        }

        context.Executor.Schedule(() => context.WriteAndFlushAsync("are you still there, " + name + "?"), TimeSpan.FromMinutes(1));
        context.Executor.ScheduleAsync(state => ((IChannel)state).CloseAsync(), channel, TimeSpan.FromMinutes(2));
    }

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        context.Executor.SubmitAsync(() => message.ToString()?.Length ?? 0).ContinueWith(
            length => context.FireUserEventTriggered("length " + length.Result),
            TaskContinuationOptions.ExecuteSynchronously);
        context.FireChannelRead(message);
    }
}
