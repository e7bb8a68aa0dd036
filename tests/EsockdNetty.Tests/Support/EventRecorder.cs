using DotNetty.Transport.Channels;

namespace EsockdNetty.Tests.Support;

/// <summary>Keeps the user events and exceptions that come by.</summary>
internal sealed class EventRecorder : ChannelHandlerAdapter
{
    public List<object> Events { get; } = [];

    public List<Exception> Exceptions { get; } = [];

    public override void UserEventTriggered(IChannelHandlerContext context, object evt) => Events.Add(evt);

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => Exceptions.Add(exception);
}
