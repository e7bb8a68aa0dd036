using System.Net;
using DotNetty.Transport.Channels;
using EsockdNetty.Connections;
using EsockdNetty.Diagnostics;

namespace EsockdNetty.Accepting;

/// <summary>
/// A stage of a server pipeline that lets accepted connections pass or refuses them. Whatever a connection takes on its way, a gate keeps in
/// the connection's <see cref="ConnectionLease"/>: a refusal by a later gate gives it back.
/// </summary>
public abstract class AcceptGate : ChannelHandlerAdapter
{
    private readonly Refusal _refusal;

    /// <summary>A gate that refuses in the given way; by a reset when it is null.</summary>
    protected AcceptGate(Refusal? refusal = null) => _refusal = refusal ?? Refusal.Reset;

    /// <summary>How it refuses, where that may change while it stands in a pipeline.</summary>
    internal Func<Refusal>? CurrentRefusal { get; init; }

    /// <summary>Judges a connection and passes it on or refuses it. What is no connection is passed on.</summary>
    public sealed override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (message is not IChannel child)
        {
            context.FireChannelRead(message);
        }
        else if (JudgeSafely(context, child) is { } reason)
        {
            Refuse(context, child, reason);
        }
        else
        {
            context.FireChannelRead(child);
            AfterPass();
        }
    }

    /// <summary>Says why <paramref name="child"/> is refused, or null when it may pass; what it takes is in its lease then.</summary>
    protected abstract RefusalReason? Judge(IChannelHandlerContext context, IChannel child);

    /// <summary>The one way to refuse: closes the child, which gives back what earlier gates took, and tells the server pipeline.</summary>
    protected virtual void Refuse(IChannelHandlerContext context, IChannel child, RefusalReason reason)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(child);
        EndPoint? client = child.RemoteAddress;
        AcceptActivity.Refused(child, reason);
        (CurrentRefusal?.Invoke() ?? _refusal).Apply(context.Channel, child);
        context.Channel.Pipeline.FireUserEventTriggered(new ConnectionRefused(reason, client));
    }

    /// <summary>A connection that may pass has gone down the pipeline: no later gate will refuse it any more.</summary>
    private protected virtual void AfterPass()
    {
    }

    // A gate that throws must neither let everybody in nor leave the connection to nobody.
    private RefusalReason? JudgeSafely(IChannelHandlerContext context, IChannel child)
    {
        try
        {
            return Judge(context, child);
        }
        catch (Exception fault)
        {
            context.FireExceptionCaught(fault);
            return RefusalReason.GateFault;
        }
    }
}
