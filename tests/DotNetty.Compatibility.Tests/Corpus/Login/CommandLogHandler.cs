using DotNetty.Transport.Channels;

namespace Acme.Login;

public class CommandLogHandler : ChannelHandlerAdapter
{
    public List<string> Events { get; } = new List<string>();

    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        Events.Add(context.Name + ": " + (evt is LoginFailed failed ? failed.Name + " failed" : evt));
    }

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        bool last = ReferenceEquals(context.Channel.Pipeline.Last(), context.Handler);
        Events.Add(context.Name + ": " + message + (last ? " (last)" : ""));
    }
}
