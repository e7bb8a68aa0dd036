namespace EsockdNetty;

/// <summary>What a listener does.</summary>
public enum ListenerState
{
    /// <summary>It accepts connections, or is ready to, unless it is hindered: <see cref="Listener.IsWaiting"/>, <see cref="Listener.IsPaused"/>.</summary>
    Running,

    /// <summary>It listens no more until it is resumed; its connections live on.</summary>
    Suspended,

    /// <summary>It accepts no more and lets its connections end.</summary>
    Draining,

    /// <summary>It has ended, in order. It keeps its name and may be opened again.</summary>
    Closed,

    /// <summary>Its socket was lost too often; <see cref="Listener.Completion"/> tells. Its connections live on, and it may be resumed.</summary>
    Failed,
}
