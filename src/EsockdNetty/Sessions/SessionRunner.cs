using DotNetty.Buffers;
using DotNetty.Common.Concurrency;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;

namespace EsockdNetty.Sessions;

/// <summary>The last handler of a session's pipeline: runs the loop, feeds it, and closes the connection when it returns.</summary>
internal sealed class SessionRunner(SessionHandler handler, PacketWriter writer) : ChannelHandlerAdapter
{
    private Session? _session;

    public Session? Session => _session;

    /// <summary>The class its loop was written in, and the method's name.</summary>
    public string HandlerName => $"{Owner(handler.Method.DeclaringType)}.{handler.Method.Name}";

    public override void HandlerAdded(IChannelHandlerContext context)
    {
        // The loop asks for what it wants, one receive at a time.
        context.Channel.Configuration.AutoRead = false;
        _session = new Session(context, writer);
    }

    public override void ChannelActive(IChannelHandlerContext context)
    {
        context.FireChannelActive();
        _ = Run(context);
    }

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (message is IByteBuffer buffer)
        {
            _session!.OnMessage(buffer);
        }
        else
        {
            ReferenceCountUtil.Release(message);
        }
    }

    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        _session!.OnReadComplete();
        context.FireChannelReadComplete();
    }

    public override void ChannelWritabilityChanged(IChannelHandlerContext context)
    {
        _session!.OnWritable();
        context.FireChannelWritabilityChanged();
    }

    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (evt is ChannelInputShutdownEvent)
        {
            _session!.OnInputEnd();
        }

        context.FireUserEventTriggered(evt);
    }

    public override void ChannelInactive(IChannelHandlerContext context)
    {
        _session!.OnClosed();
        context.FireChannelInactive();
    }

    // A lambda's own class means nothing to a reader.
    private static string? Owner(Type? type) => type is { IsNested: true, Name: ['<', ..] } ? Owner(type.DeclaringType) : type?.Name;

    private async Task Run(IChannelHandlerContext context)
    {
        Session session = _session!;
        try
        {
            await handler(session, session.Closed);
        }
        catch (Exception fault) when (IsOver(fault, session))
        {
            // The connection ended while the loop was at work: that is how it learns of it.
        }
        catch (Exception fault)
        {
            context.FireExceptionCaught(fault);
        }
        finally
        {
            End(context, session);
        }
    }

    private static bool IsOver(Exception fault, Session session) =>
        session.IsOver && fault is (OperationCanceledException or ConnectionClosedException or SendTimeoutException);

    // A handler that awaited elsewhere may end elsewhere.
    private static void End(IChannelHandlerContext context, Session session)
    {
        if (context.Executor.InEventLoop)
        {
            Close(context, session);
            return;
        }

        try
        {
            context.Executor.Execute(static (context, session) => Close((IChannelHandlerContext)context, (Session)session), context, session);
        }
        catch (RejectedExecutionException)
        {
            // The loop has ended and closed the connection: only what the session holds is left.
            session.OnHandlerEnd();
        }
    }

    private static void Close(IChannelHandlerContext context, Session session)
    {
        session.OnHandlerEnd();
        _ = session.IsDrained ? context.Channel.CloseBecause(CloseReason.Drained) : context.Channel.CloseAsync();
    }
}
