using DotNetty.Transport.Channels;

namespace EsockdNetty.Benchmarks.Load;

/// <summary>One echo, then the end. Latency counts from the connect.</summary>
internal sealed class ConnectHandler(LoadLane lane, EchoStream stream, bool tls) : LoadHandler(lane, stream, tls)
{
    private readonly long _start = LoadLane.Now;

    protected override void Open(IChannelHandlerContext context)
    {
        Write(context, 1);
        FlushWritten(context);
    }

    protected override void Echoed(IChannelHandlerContext context, int count)
    {
        if (count == 0)
            return;

        long now = LoadLane.Now;
        Lane.Count(now, now - _start);
        Close(context);
    }
}
