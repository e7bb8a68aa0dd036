using DotNetty.Transport.Channels;

namespace EsockdNetty.Codecs.Tests.Pipeline;

/// <summary>Keeps the exceptions that reach it.</summary>
internal sealed class Faults : ChannelHandlerAdapter
{
    public List<Exception> Caught { get; } = [];

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => Caught.Add(exception);
}
