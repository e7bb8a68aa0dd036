namespace DotNetty.Transport.Channels;

/// <summary>What an error of accept(2) means for the listening socket.</summary>
public enum AcceptErrorKind
{
    /// <summary>It belongs to the one pending connection: accept again at once.</summary>
    Transient,

    /// <summary>The process or the system has no descriptor left: pause.</summary>
    Descriptors,

    /// <summary>The system has no memory for it: pause.</summary>
    Memory,

    /// <summary>The listening socket itself is gone: bind again.</summary>
    ListenerLost,

    /// <summary>None of the others: pause.</summary>
    Unknown,
}
