using DotNetty.Transport.Channels;

namespace EsockdNetty.Benchmarks.Load;

/// <summary>Keeps as many messages under way as its depth: what has come back is sent anew at the end of the read.</summary>
internal sealed class ClosedLoopHandler(LoadLane lane, EchoStream stream, bool tls, int depth) : LoadHandler(lane, stream, tls)
{
    private readonly SendTimes _sent = new(depth);
    private int _owed;

    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        Send(context, _owed);
        _owed = 0;
        base.ChannelReadComplete(context);
    }

    protected override void Open(IChannelHandlerContext context)
    {
        Send(context, depth);
        FlushWritten(context);
        Lane.OneReady();
    }

    protected override void Echoed(IChannelHandlerContext context, int count)
    {
        long now = LoadLane.Now;
        _owed += count;
        while (count > 0)
        {
            (long time, int together) = _sent.Take(count);
            Lane.Count(now, now - time, together);
            count -= together;
        }
    }

    private void Send(IChannelHandlerContext context, int count)
    {
        _sent.Add(LoadLane.Now, count);
        Write(context, count);
    }
}
