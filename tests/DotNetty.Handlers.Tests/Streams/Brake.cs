using DotNetty.Buffers;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace DotNetty.Handlers.Tests.Streams;

/// <summary>Stands where the network would: holds flushes back until a test lets them go, and refuses writes from a certain one on.</summary>
internal sealed class Brake : ChannelHandlerAdapter
{
    private IChannelHandlerContext? _context;
    private int _writes;

    public bool Holds { get; set; }

    public int RefusesFrom { get; set; } = int.MaxValue;

    public override void HandlerAdded(IChannelHandlerContext context) => _context = context;

    public override Task WriteAsync(IChannelHandlerContext context, object message)
    {
        if (++_writes < RefusesFrom)
        {
            return context.WriteAsync(message);
        }

        ReferenceCountUtil.Release(message);
        return Task.FromException(new InvalidTimeZoneException());
    }

    public override void Flush(IChannelHandlerContext context)
    {
        if (!Holds)
        {
            context.Flush();
        }
    }

    public long Waiting(IChannel channel) => channel.Unsafe.OutboundBuffer.TotalPendingWriteBytes();

    /// <summary>The network takes everything.</summary>
    public void Release() => _context!.Flush();
}
