using DotNetty.Transport.Channels;

namespace EsockdNetty.Benchmarks.Load;

/// <summary>A handshake, then the end. Latency counts from the connect.</summary>
internal sealed class HandshakeHandler(LoadLane lane, EchoStream stream) : LoadHandler(lane, stream, tls: true)
{
    private readonly long _start = LoadLane.Now;

    protected override void Open(IChannelHandlerContext context)
    {
        long now = LoadLane.Now;
        Lane.Count(now, now - _start);
        Close(context);
    }

    protected override void Echoed(IChannelHandlerContext context, int count) => Lane.Mismatch("a byte that was never sent");
}
