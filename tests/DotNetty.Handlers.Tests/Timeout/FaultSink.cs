using DotNetty.Transport.Channels;

namespace DotNetty.Handlers.Tests.Timeout;

/// <summary>Collects the exceptions that reach the end of a pipeline.</summary>
internal sealed class FaultSink(List<Exception> faults) : ChannelHandlerAdapter
{
    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => faults.Add(exception);
}
