namespace DotNetty.Transport.Channels;

/// <summary>A handler of both directions.</summary>
public class ChannelDuplexHandler : ChannelHandlerAdapter
{
}
