using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Interop;

namespace EsockdNetty.Accepting;

/// <summary>
/// Refuses, by a reset, a connection whose descriptor lies within the reserve (32 and 1 %) below the process's limit, then fires
/// <see cref="AcceptException"/> into the server pipeline, by which the <see cref="AcceptBackoffHandler"/> before it pauses as after EMFILE.
/// Without a reserve .NET itself aborts when the table is full: it cannot start a thread any more. The remedy is a higher hard limit
/// (<c>LimitNOFILE</c>, <c>--ulimit</c>). Linux only; elsewhere everything passes.
/// </summary>
public sealed class DescriptorReserveGate : AcceptGate
{
    private readonly Func<long?> _readLimit;

    /// <summary>A gate at the limit of this process.</summary>
    public DescriptorReserveGate()
        : this(DescriptorLimits.ReadSoftLimit)
    {
    }

    internal DescriptorReserveGate(Func<long?> readLimit) => _readLimit = readLimit;

    /// <inheritdoc/>
    protected override RefusalReason? Judge(IChannelHandlerContext context, IChannel child) =>
        child is IDescriptorChannel { Descriptor: var descriptor } && descriptor >= FirstReserved() ? RefusalReason.DescriptorReserve : null;

    /// <inheritdoc/>
    protected override void Refuse(IChannelHandlerContext context, IChannel child, RefusalReason reason)
    {
        base.Refuse(context, child, reason);
        if (reason == RefusalReason.DescriptorReserve)
        {
            context.Channel.Pipeline.FireExceptionCaught(new AcceptException(AcceptErrorKind.Descriptors, SocketError.TooManyOpenSockets));
        }
    }

    // Read for each connection, some 100 ns beside an accept of 20 µs: a rush fills the table while an older reading would still be trusted.
    private long FirstReserved() => _readLimit() is { } limit ? limit - DescriptorLimits.ReserveOf(limit) : long.MaxValue;
}
