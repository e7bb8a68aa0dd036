#nullable disable
using System.Net;
using DotNetty.Common.Internal.Logging;
using DotNetty.Transport.Channels;

namespace DotNetty.Handlers.Logging;

/// <summary>
/// Logs every event that passes, with what it carries: buffers are dumped whole, so it belongs to development and to Trace levels.
/// Where the level is off nothing is formatted.
/// </summary>
public class LoggingHandler : ChannelHandlerAdapter
{
    protected readonly InternalLogLevel InternalLevel;
    protected readonly IInternalLogger Logger;

    private const LogLevel DefaultLevel = LogLevel.DEBUG;

    public LoggingHandler()
        : this(DefaultLevel)
    {
    }

    public LoggingHandler(LogLevel level)
        : this(typeof(LoggingHandler), level)
    {
    }

    public LoggingHandler(Type type)
        : this(type, DefaultLevel)
    {
    }

    public LoggingHandler(Type type, LogLevel level)
    {
        ArgumentNullException.ThrowIfNull(type);
        Logger = InternalLoggerFactory.GetInstance(type);
        Level = level;
        InternalLevel = level.ToInternalLevel();
    }

    public LoggingHandler(string name)
        : this(name, DefaultLevel)
    {
    }

    public LoggingHandler(string name, LogLevel level)
    {
        ArgumentNullException.ThrowIfNull(name);
        Logger = InternalLoggerFactory.GetInstance(name);
        Level = level;
        InternalLevel = level.ToInternalLevel();
    }

    public override bool IsSharable => true;

    /// <summary>The level of the entries. Default: DEBUG.</summary>
    public LogLevel Level { get; }

    public override void HandlerAdded(IChannelHandlerContext ctx) => Log(ctx, "HANDLER_ADDED");

    public override void HandlerRemoved(IChannelHandlerContext ctx) => Log(ctx, "HANDLER_REMOVED");

    public override void ChannelRegistered(IChannelHandlerContext ctx)
    {
        Log(ctx, "REGISTERED");
        ctx.FireChannelRegistered();
    }

    public override void ChannelUnregistered(IChannelHandlerContext ctx)
    {
        Log(ctx, "UNREGISTERED");
        ctx.FireChannelUnregistered();
    }

    public override void ChannelActive(IChannelHandlerContext ctx)
    {
        Log(ctx, "ACTIVE");
        ctx.FireChannelActive();
    }

    public override void ChannelInactive(IChannelHandlerContext ctx)
    {
        Log(ctx, "INACTIVE");
        ctx.FireChannelInactive();
    }

    public override void ExceptionCaught(IChannelHandlerContext ctx, Exception cause)
    {
        if (Logger.IsEnabled(InternalLevel))
        {
            Logger.Log(InternalLevel, Format(ctx, "EXCEPTION", cause), cause);
        }

        ctx.FireExceptionCaught(cause);
    }

    public override void UserEventTriggered(IChannelHandlerContext ctx, object evt)
    {
        Log(ctx, "USER_EVENT", evt);
        ctx.FireUserEventTriggered(evt);
    }

    public override Task BindAsync(IChannelHandlerContext ctx, EndPoint localAddress)
    {
        Log(ctx, "BIND", localAddress);
        return ctx.BindAsync(localAddress);
    }

    public override Task ConnectAsync(IChannelHandlerContext ctx, EndPoint remoteAddress, EndPoint localAddress)
    {
        if (Logger.IsEnabled(InternalLevel))
        {
            Logger.Log(InternalLevel, Format(ctx, "CONNECT", remoteAddress, localAddress));
        }

        return ctx.ConnectAsync(remoteAddress, localAddress);
    }

    public override Task DisconnectAsync(IChannelHandlerContext ctx)
    {
        Log(ctx, "DISCONNECT");
        return ctx.DisconnectAsync();
    }

    public override Task CloseAsync(IChannelHandlerContext ctx)
    {
        Log(ctx, "CLOSE");
        return ctx.CloseAsync();
    }

    public override Task DeregisterAsync(IChannelHandlerContext ctx)
    {
        Log(ctx, "DEREGISTER");
        return ctx.DeregisterAsync();
    }

    public override void ChannelRead(IChannelHandlerContext ctx, object message)
    {
        Log(ctx, "RECEIVED", message);
        ctx.FireChannelRead(message);
    }

    public override void ChannelReadComplete(IChannelHandlerContext ctx)
    {
        Log(ctx, "RECEIVED_COMPLETE");
        ctx.FireChannelReadComplete();
    }

    public override void ChannelWritabilityChanged(IChannelHandlerContext ctx)
    {
        if (Logger.IsEnabled(InternalLevel))
        {
            Logger.Log(InternalLevel, Format(ctx, "WRITABILITY", ctx.Channel.IsWritable));
        }

        ctx.FireChannelWritabilityChanged();
    }

    public override void Read(IChannelHandlerContext ctx)
    {
        Log(ctx, "READ");
        ctx.Read();
    }

    public override Task WriteAsync(IChannelHandlerContext ctx, object msg)
    {
        Log(ctx, "WRITE", msg);
        return ctx.WriteAsync(msg);
    }

    public override void Write(IChannelHandlerContext context, object message)
    {
        Log(context, "WRITE", message);
        context.Write(message);
    }

    public override void Flush(IChannelHandlerContext ctx)
    {
        Log(ctx, "FLUSH");
        ctx.Flush();
    }

    /// <summary>The text of an event that carries nothing.</summary>
    protected virtual string Format(IChannelHandlerContext ctx, string eventName)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        return $"{ctx.Channel} {eventName}";
    }

    /// <summary>The text of an event that carries <paramref name="arg"/>.</summary>
    protected virtual string Format(IChannelHandlerContext ctx, string eventName, object arg)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        return $"{ctx.Channel} {eventName}{EventText.Of(arg)}";
    }

    /// <summary>The text of an event that carries two things, the second of which may be null.</summary>
    protected virtual string Format(IChannelHandlerContext ctx, string eventName, object firstArg, object secondArg)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        return secondArg is null ? Format(ctx, eventName, firstArg) : $"{ctx.Channel} {eventName}: {firstArg}, {secondArg}";
    }

    private void Log(IChannelHandlerContext ctx, string eventName)
    {
        if (Logger.IsEnabled(InternalLevel))
        {
            Logger.Log(InternalLevel, Format(ctx, eventName));
        }
    }

    private void Log(IChannelHandlerContext ctx, string eventName, object arg)
    {
        if (Logger.IsEnabled(InternalLevel))
        {
            Logger.Log(InternalLevel, Format(ctx, eventName, arg));
        }
    }
}
