using DotNetty.Transport.Channels;

namespace EsockdNetty.Benchmarks.Load;

/// <summary>Sends when it is told to. Latency counts from the time a message should have left, so a server that stalls is charged for all that waited.</summary>
internal sealed class PacedHandler(LoadLane lane, EchoStream stream, bool tls, Pacer pacer) : LoadHandler(lane, stream, tls)
{
    private readonly Queue<long> _intended = new();
    private IChannelHandlerContext? _context;

    public void Send(long intended)
    {
        if (_context is null || Done)
            return;

        _intended.Enqueue(intended);
        Write(_context, 1);
        FlushWritten(_context);
    }

    protected override void Open(IChannelHandlerContext context)
    {
        _context = context;
        pacer.Add(this);
        Lane.OneReady();
    }

    protected override void Echoed(IChannelHandlerContext context, int count)
    {
        long now = LoadLane.Now;
        for (int i = 0; i < count; i++)
            Lane.Count(now, now - _intended.Dequeue());
    }
}
