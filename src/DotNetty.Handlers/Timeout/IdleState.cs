namespace DotNetty.Handlers.Timeout;

/// <summary>What a channel has not done for a while.</summary>
public enum IdleState
{
    /// <summary>Nothing was received.</summary>
    ReaderIdle,

    /// <summary>Nothing was sent.</summary>
    WriterIdle,

    /// <summary>Nothing was received or sent.</summary>
    AllIdle,
}
