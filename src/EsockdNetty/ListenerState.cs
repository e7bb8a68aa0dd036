namespace EsockdNetty;

/// <summary>What a listener does.</summary>
public enum ListenerState
{
    /// <summary>It accepts connections, or is ready to.</summary>
    Running,

    /// <summary>It accepts no more and lets its connections end.</summary>
    Draining,

    /// <summary>It has ended, in order.</summary>
    Closed,

    /// <summary>It has ended by a fault; <see cref="Listener.Completion"/> tells.</summary>
    Failed,
}
