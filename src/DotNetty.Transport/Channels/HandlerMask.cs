#nullable disable
using System.Net;
using System.Runtime.CompilerServices;

namespace DotNetty.Transport.Channels;

/// <summary>Which events a handler's type takes part in: computed once a type, then one bit test a handler and event.</summary>
internal static class HandlerMask
{
    public const int ChannelRegistered = 1;
    public const int ChannelUnregistered = 1 << 1;
    public const int ChannelActive = 1 << 2;
    public const int ChannelInactive = 1 << 3;
    public const int ChannelRead = 1 << 4;
    public const int ChannelReadComplete = 1 << 5;
    public const int ChannelWritabilityChanged = 1 << 6;
    public const int UserEventTriggered = 1 << 7;
    public const int ExceptionCaught = 1 << 8;
    public const int Bind = 1 << 9;
    public const int Connect = 1 << 10;
    public const int Disconnect = 1 << 11;
    public const int Close = 1 << 12;
    public const int Deregister = 1 << 13;
    public const int Read = 1 << 14;
    public const int WriteAsync = 1 << 15;
    public const int Write = 1 << 16;
    public const int Flush = 1 << 17;

    /// <summary>No event, in a context: the handler is a <see cref="ChannelHandlerAdapter"/>.</summary>
    public const int Adapter = 1 << 18;

    /// <summary>No event, in a context: the handler was added with an executor of its own.</summary>
    public const int OwnExecutor = 1 << 22;

    /// <summary>No event, in a context: the handler was told that it had been added.</summary>
    public const int Added = 1 << 19;

    /// <summary>No event, in a context: the handler was taken out.</summary>
    public const int Removed = 1 << 20;

    /// <summary>No event, in a context: the handler is an initializer that is at work.</summary>
    public const int Initializing = 1 << 21;

    /// <summary>Every event.</summary>
    public const int All = AllInbound | AllOutbound;

    /// <summary>What a message brings about on its way in: these events have ways that lead past those who take no part in them.</summary>
    public const int Incoming = ChannelRead | ChannelReadComplete;

    /// <summary>The same on its way out.</summary>
    public const int Outgoing = Read | WriteAsync | Write | Flush;

    private const int AllInbound = Bind - 1;
    private const int AllOutbound = (1 << 18) - Bind;

    // Weak: a type of an assembly that was loaded to be unloaded again must not stay for its mask's sake.
    private static readonly ConditionalWeakTable<Type, StrongBox<int>> Masks = [];

    /// <exception cref="ArgumentException">The handler overrides Write but not WriteAsync, so half of the writes would pass it by.</exception>
    public static int Of(IChannelHandler handler)
    {
        int mask = Masks.TryGetValue(handler.GetType(), out StrongBox<int> known) ? known.Value : Keep(handler.GetType(), Compute(handler));
        return handler is ICombinedHandler combined ? Combine(mask, combined.InnerMask) : mask;
    }

    public static int Inbound(int mask) => mask & AllInbound;

    public static int Outbound(int mask) => mask & AllOutbound;

    /// <summary>
    /// What is brought to a handler with an executor of its own: every event of a direction it takes part in. One that jumped over it would
    /// overtake those that queue for its executor.
    /// </summary>
    public static int WithoutJumps(int mask) =>
        (Inbound(mask) != 0 ? AllInbound : 0) | (Outbound(mask) != 0 ? AllOutbound : 0);

    // A derived type that overrides WriteAsync alone must see every write: Write would go past it to the handler inside.
    private static int Combine(int own, int inner) => (own & (Write | WriteAsync)) == WriteAsync ? own | (inner & ~Write) : own | inner;

    private static int Keep(Type type, int mask)
    {
        Masks.TryAdd(type, new StrongBox<int>(mask));
        return mask;
    }

    private static int Compute(IChannelHandler handler)
    {
        int mask = InboundOf(handler) | OutboundOf(handler);
        if ((mask & (Write | WriteAsync)) == Write)
        {
            throw new ArgumentException($"{handler.GetType().Name} overrides Write but not WriteAsync; override both, or WriteAsync alone.", nameof(handler));
        }

        return mask;
    }

    private static int InboundOf(IChannelHandler handler) =>
        Bit(ChannelRegistered, (Action<IChannelHandlerContext>)handler.ChannelRegistered)
        | Bit(ChannelUnregistered, (Action<IChannelHandlerContext>)handler.ChannelUnregistered)
        | Bit(ChannelActive, (Action<IChannelHandlerContext>)handler.ChannelActive)
        | Bit(ChannelInactive, (Action<IChannelHandlerContext>)handler.ChannelInactive)
        | Bit(ChannelRead, (Action<IChannelHandlerContext, object>)handler.ChannelRead)
        | Bit(ChannelReadComplete, (Action<IChannelHandlerContext>)handler.ChannelReadComplete)
        | Bit(ChannelWritabilityChanged, (Action<IChannelHandlerContext>)handler.ChannelWritabilityChanged)
        | Bit(UserEventTriggered, (Action<IChannelHandlerContext, object>)handler.UserEventTriggered)
        | Bit(ExceptionCaught, (Action<IChannelHandlerContext, Exception>)handler.ExceptionCaught);

    private static int OutboundOf(IChannelHandler handler) =>
        Bit(Bind, (Func<IChannelHandlerContext, EndPoint, Task>)handler.BindAsync)
        | Bit(Connect, (Func<IChannelHandlerContext, EndPoint, EndPoint, Task>)handler.ConnectAsync)
        | Bit(Disconnect, (Func<IChannelHandlerContext, Task>)handler.DisconnectAsync)
        | Bit(Close, (Func<IChannelHandlerContext, Task>)handler.CloseAsync)
        | Bit(Deregister, (Func<IChannelHandlerContext, Task>)handler.DeregisterAsync)
        | Bit(Read, (Action<IChannelHandlerContext>)handler.Read)
        | Bit(WriteAsync, (Func<IChannelHandlerContext, object, Task>)handler.WriteAsync)
        | Bit(Write, (Action<IChannelHandlerContext, object>)handler.Write)
        | Bit(Flush, (Action<IChannelHandlerContext>)handler.Flush);

    // The delegate resolves to the method the type really runs, without any search by name that trimming could break.
    private static int Bit(int bit, Delegate method) => method.Method.IsDefined(typeof(SkipAttribute), inherit: false) ? 0 : bit;
}
