using DotNetty.Transport.Channels;

namespace EsockdNetty.Benchmarks.Load;

/// <summary>At most one echo, then silence.</summary>
internal sealed class IdleHandler(LoadLane lane, EchoStream stream, bool tls, bool echoes) : LoadHandler(lane, stream, tls)
{
    private readonly long _start = LoadLane.Now;

    protected override void Open(IChannelHandlerContext context)
    {
        if (echoes)
        {
            Write(context, 1);
            FlushWritten(context);
        }
        else
        {
            Settle();
        }
    }

    protected override void Echoed(IChannelHandlerContext context, int count)
    {
        if (count > 0)
            Settle();
    }

    private void Settle()
    {
        long now = LoadLane.Now;
        Lane.Count(now, now - _start);
        Lane.OneReady();
    }
}
