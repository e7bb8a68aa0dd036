#nullable disable
namespace DotNetty.Handlers.Timeout;

/// <summary>The user event of a channel that has been idle.</summary>
public class IdleStateEvent
{
    public static readonly IdleStateEvent FirstReaderIdleStateEvent = new(IdleState.ReaderIdle, true);
    public static readonly IdleStateEvent ReaderIdleStateEvent = new(IdleState.ReaderIdle, false);
    public static readonly IdleStateEvent FirstWriterIdleStateEvent = new(IdleState.WriterIdle, true);
    public static readonly IdleStateEvent WriterIdleStateEvent = new(IdleState.WriterIdle, false);
    public static readonly IdleStateEvent FirstAllIdleStateEvent = new(IdleState.AllIdle, true);
    public static readonly IdleStateEvent AllIdleStateEvent = new(IdleState.AllIdle, false);

    protected IdleStateEvent(IdleState state, bool first)
    {
        State = state;
        First = first;
    }

    public IdleState State { get; }

    /// <summary>True when it is the first since the channel last did what it does not do now.</summary>
    public bool First { get; }

    public override string ToString() => $"{nameof(IdleStateEvent)}({State}{(First ? ", first" : "")})";

    internal static IdleStateEvent Of(IdleState state, bool first) => state switch
    {
        IdleState.ReaderIdle => first ? FirstReaderIdleStateEvent : ReaderIdleStateEvent,
        IdleState.WriterIdle => first ? FirstWriterIdleStateEvent : WriterIdleStateEvent,
        IdleState.AllIdle => first ? FirstAllIdleStateEvent : AllIdleStateEvent,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such idle state."),
    };
}
