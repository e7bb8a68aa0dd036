#nullable disable
using System.Net;
using DotNetty.Buffers;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels.Embedded;

/// <summary>The transport's side: two queues.</summary>
public partial class SingleThreadedEmbeddedChannel
{
    protected sealed override DefaultChannelPipeline NewChannelPipeline() => new EmbeddedPipeline(this);

    protected override IChannelUnsafe NewUnsafe() => new EmbeddedUnsafe(this);

    protected override bool IsCompatible(IEventLoop eventLoop) => true;

    protected override void DoRegister() => _state = State.Active;

    protected override void DoBind(EndPoint localAddress)
    {
    }

    protected override void DoDisconnect() => DoClose();

    protected override void DoClose() => _state = State.Closed;

    protected override void DoBeginRead()
    {
    }

    protected override void DoWrite(ChannelOutboundBuffer input)
    {
        while (input.Current is { } message)
        {
            CountSent(message is IByteBuffer buffer ? buffer.ReadableBytes : 0);
            _outbound.Enqueue(ReferenceCountUtil.Retain(message));
            input.Remove();
        }
    }

    private sealed class EmbeddedUnsafe(SingleThreadedEmbeddedChannel channel) : AbstractUnsafe(channel)
    {
        public override Task ConnectAsync(EndPoint remoteAddress, EndPoint localAddress) => TaskEx.Completed;
    }

    private sealed class EmbeddedPipeline(SingleThreadedEmbeddedChannel channel) : DefaultChannelPipeline(channel)
    {
        protected override void OnUnhandledInboundException(Exception cause) => channel.RecordException(cause);

        protected override void OnUnhandledInboundMessage(object msg) => channel._inbound.Enqueue(msg);
    }
}
