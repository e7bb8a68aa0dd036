using DotNetty.Transport.Channels;

namespace EsockdNetty.Benchmarks.Load;

/// <summary>Keeps as many messages under way as its depth: what has come back is sent anew at the end of the read.</summary>
internal sealed class ClosedLoopHandler(LoadLane lane, EchoStream stream, bool tls, int depth) : LoadHandler(lane, stream, tls)
{
    private readonly long[] _sentAt = new long[depth];
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
        for (long number = Stream.Received - count; number < Stream.Received; number++)
            Lane.Count(now, now - _sentAt[number % depth]);
        _owed += count;
    }

    private void Send(IChannelHandlerContext context, int count)
    {
        long now = LoadLane.Now;
        for (long number = Stream.Sent; number < Stream.Sent + count; number++)
            _sentAt[number % depth] = now;
        Write(context, count);
    }
}
